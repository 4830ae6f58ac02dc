using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// What the last applied record did, for the live stream; a replay gathers it too and nobody looks.
/// </summary>
internal sealed class ShardEffects
{
    /// <summary>Units that became valid.</summary>
    public List<LocalRun> Validated { get; } = [];

    /// <summary>Those of them that another had lost.</summary>
    public List<(Holder From, LocalRun Units)> Reassigned { get; } = [];

    /// <summary>Units that were lost, and by whom.</summary>
    public List<(Holder By, List<LocalRun> Units)> Lost { get; } = [];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Validated.Clear();
        Reassigned.Clear();
        Lost.Clear();
    }
}
