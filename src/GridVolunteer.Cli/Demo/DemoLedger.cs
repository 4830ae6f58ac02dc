using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// Who holds and who validated which unit, read from the coordinator's events alone. It decides nothing about
/// the job; it tells which agent holds work that can be lost, and which units another validated after their
/// holder was killed.
/// </summary>
public sealed class DemoLedger
{
    private readonly Dictionary<PeerId, HashSet<long>> _held = [];
    private readonly Dictionary<PeerId, int> _validated = [];
    private readonly HashSet<long> _decided = [];
    private readonly HashSet<long> _heldByVictim = [];
    private readonly HashSet<long> _takenOver = [];

    /// <summary>The agent that was killed, or null.</summary>
    public PeerId? Victim { get; private set; }

    /// <summary>Units that are valid.</summary>
    public int UnitsValidated => _decided.Count;

    /// <summary>Units that the killed agent held and another validated after the kill.</summary>
    public int UnitsTakenOver => _takenOver.Count;

    /// <summary>Units that <paramref name="peer"/> holds and nobody has validated.</summary>
    public int HeldBy(PeerId peer) => _held.TryGetValue(peer, out var units) ? units.Count : 0;

    /// <summary>Units that <paramref name="peer"/> validated.</summary>
    public int ValidatedBy(PeerId peer) => _validated.GetValueOrDefault(peer);

    /// <summary>Notes that <paramref name="victim"/> was killed now.</summary>
    /// <returns>How many units it held.</returns>
    public int Kill(PeerId victim)
    {
        Victim = victim;
        _heldByVictim.UnionWith(_held.GetValueOrDefault(victim) ?? []);
        return _heldByVictim.Count;
    }

    /// <summary>Takes in an event; events of merges count for nothing here.</summary>
    public void Apply(GridEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is not { Level: 0, Peer: { } peer })
        {
            return;
        }

        foreach (var unit in happened.Runs.SelectMany(Units))
        {
            switch (happened.Kind)
            {
                case "leased":
                    Lease(peer, unit);
                    break;
                case "validated":
                    Validate(peer, unit);
                    break;
                case "failed" or "lost":
                    _held.GetValueOrDefault(peer)?.Remove(unit);
                    break;
            }
        }
    }

    private static IEnumerable<long> Units(UnitRun run) =>
        Enumerable.Range(0, run.Count).Select(i => run.Start + i);

    private void Lease(PeerId peer, long unit)
    {
        if (_decided.Contains(unit))
        {
            return;
        }

        if (!_held.TryGetValue(peer, out var units))
        {
            _held[peer] = units = [];
        }

        units.Add(unit);
        if (peer == Victim)
        {
            // The lease was on its way when the agent was killed.
            _heldByVictim.Add(unit);
        }
    }

    private void Validate(PeerId peer, long unit)
    {
        if (!_decided.Add(unit))
        {
            return;
        }

        _validated[peer] = ValidatedBy(peer) + 1;
        foreach (var units in _held.Values)
        {
            units.Remove(unit);
        }

        if (peer != Victim && _heldByVictim.Contains(unit))
        {
            _takenOver.Add(unit);
        }
    }
}
