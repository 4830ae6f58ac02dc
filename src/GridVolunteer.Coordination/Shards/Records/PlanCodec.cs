using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>A shard's plan as bytes.</summary>
internal static class PlanCodec
{
    /// <summary>Writes a plan.</summary>
    public static void Write(ShardRecordWriter record, ShardPlan plan)
    {
        record.Number(plan.UnitCount);
        record.Number(plan.Quorum);
        record.Number((long)plan.Agreement.Kind);
        record.Real(plan.Agreement.AbsoluteTolerance);
        record.Real(plan.Agreement.RelativeTolerance);
        record.Number(plan.UnitTimeLimit.Ticks);
        record.Byte(plan.IsLastLevel ? (byte)1 : (byte)0);
        record.Number(plan.FailuresMax);
    }

    /// <summary>Reads a plan of a shard.</summary>
    public static ShardPlan Read(ref ShardRecordReader record, ShardId shard) => new()
    {
        Shard = shard,
        UnitCount = record.Small(WorkGeometry.UnitsPerShard),
        Quorum = record.Small(),
        Agreement = new AgreementRule((AgreementKind)record.Small(), record.Real(), record.Real()),
        UnitTimeLimit = TimeSpan.FromTicks(record.Number()),
        IsLastLevel = record.Byte() != 0,
        FailuresMax = record.Small(),
    };
}
