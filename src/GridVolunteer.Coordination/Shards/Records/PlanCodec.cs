using GridVolunteer.Coordination.Entities;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>A shard's plan as bytes.</summary>
internal static class PlanCodec
{
    /// <summary>Writes a plan.</summary>
    public static void Write(RecordWriter record, ShardPlan plan)
    {
        record.WriteLong(plan.UnitCount);
        record.WriteLong(plan.Quorum);
        record.WriteLong((long)plan.Agreement.Kind);
        record.WriteReal(plan.Agreement.AbsoluteTolerance);
        record.WriteReal(plan.Agreement.RelativeTolerance);
        record.WriteLong(plan.UnitTimeLimit.Ticks);
        record.WriteFlag(plan.IsLastLevel);
        record.WriteLong(plan.FailuresMax);
    }

    /// <summary>Reads a plan of a shard.</summary>
    public static ShardPlan Read(ref RecordReader record, ShardId shard) => new()
    {
        Shard = shard,
        UnitCount = record.ReadInt(),
        Quorum = record.ReadInt(),
        Agreement = new AgreementRule((AgreementKind)record.ReadInt(), record.ReadReal(), record.ReadReal()),
        UnitTimeLimit = TimeSpan.FromTicks(record.ReadLong()),
        IsLastLevel = record.ReadFlag(),
        FailuresMax = record.ReadInt(),
    };
}
