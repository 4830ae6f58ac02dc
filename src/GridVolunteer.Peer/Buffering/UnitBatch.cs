using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Buffering;

/// <summary>Consecutive units of one grant that one worker computes in order.</summary>
public sealed record UnitBatch
{
    /// <summary>The buffer's number for this batch, from 1; never used twice.</summary>
    public required int Id { get; init; }

    /// <summary>The grant.</summary>
    public required GrantId Grant { get; init; }

    /// <summary>The units, in increasing order.</summary>
    public required IReadOnlyList<UnitRun> Runs { get; init; }

    /// <summary>Their inputs in the same order, packed; empty for jobs by count and for merges.</summary>
    public required ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>How many units.</summary>
    public required int Count { get; init; }

    /// <summary>Position of the first one among the grant's units.</summary>
    public required int Position { get; init; }

    /// <summary>Whether the units were taken over from a silent volunteer.</summary>
    public required bool Urgent { get; init; }

    /// <summary>What one unit is expected to take, in seconds.</summary>
    public required double UnitSeconds { get; init; }

    /// <summary>The job.</summary>
    public JobId Job => Grant.Shard.Job;

    /// <summary>The level: 0 for work units, more for merges.</summary>
    public int Level => Grant.Shard.Level;

    /// <summary>The index of the batch's unit number <paramref name="ordinal"/>, from 0.</summary>
    public long UnitAt(int ordinal)
    {
        foreach (var run in Runs)
        {
            if (ordinal < run.Count)
            {
                return run.Start + ordinal;
            }

            ordinal -= run.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(ordinal));
    }
}
