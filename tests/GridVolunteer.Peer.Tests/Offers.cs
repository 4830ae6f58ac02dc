using System.Buffers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Tests;

/// <summary>Makes offers.</summary>
internal static class Offers
{
    public static GrantId Grant(long job, long sequence, int level = 0) =>
        new(new ShardId(new JobId(job), level, 0), sequence);

    public static GrantOffer Of(GrantId grant, params UnitRun[] runs) =>
        new() { Grant = grant, Runs = runs, DeadlineSeconds = 60 };

    /// <summary>Inputs that name their units.</summary>
    public static ReadOnlyMemory<byte> Inputs(IEnumerable<long> units)
    {
        var packed = new ArrayBufferWriter<byte>();
        foreach (var unit in units)
        {
            PackedInputs.Write(packed, System.Text.Encoding.ASCII.GetBytes($"unit {unit}"));
        }

        return packed.WrittenMemory;
    }
}
