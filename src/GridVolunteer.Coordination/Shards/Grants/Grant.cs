using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// A batch of unit copies in one volunteer's hands. It stays in the book while a copy of it is outstanding:
/// live, or lost and offered to others while its late result still counts.
/// </summary>
internal sealed class Grant
{
    /// <summary>The shard's numbering, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whose it is.</summary>
    public required Holder Holder { get; init; }

    /// <summary>When it was granted, in milliseconds of Unix time.</summary>
    public required long GrantedAtMs { get; init; }

    /// <summary>Time until the deadline, in milliseconds.</summary>
    public required long LeaseMs { get; init; }

    /// <summary>What the volunteer was expected to take for a unit on one thread, in microseconds.</summary>
    public required long ExpectedMicroseconds { get; init; }

    /// <summary>Units the volunteer runs at once.</summary>
    public required int Threads { get; init; }

    /// <summary>
    /// Copies of this shard in the volunteer's hands once it had this grant, itself included.
    /// </summary>
    public required int Backlog { get; init; }

    /// <summary>The units as granted.</summary>
    public required LocalRun[] Runs { get; init; }

    /// <summary>
    /// Copies that count as being worked on. Units decided meanwhile stay until they are heard of.
    /// </summary>
    public RunSet Live { get; } = new();

    /// <summary>Copies taken for lost; their results still count.</summary>
    public RunSet Lost { get; } = new();

    /// <summary>True when nothing more is expected of it.</summary>
    public bool IsDone => Live.IsEmpty && Lost.IsEmpty;

    /// <summary>Whether all units of the run were in the grant.</summary>
    public bool Granted(LocalRun run)
    {
        foreach (var granted in Runs)
        {
            if (granted.Start <= run.Start && run.End <= granted.End)
            {
                return true;
            }
        }

        return false;
    }
}
