using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// Follows the coordinator's events, kills one agent about half way while it holds units, and tells what
/// becomes of its work.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="view">Shows what happens.</param>
/// <param name="elapsed">Time since the demo began.</param>
public sealed class DemoDirector(DemoGrid grid, IDemoView view, Func<TimeSpan> elapsed)
{
    private const double KillFrom = 0.4;
    private const double KillHoweverFewFrom = 0.5;
    private const int UnitsWorthTaking = 2;

    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TellTogether = TimeSpan.FromSeconds(0.5);

    private readonly Lock _lock = new();
    private readonly DemoLedger _ledger = new();
    private readonly HashSet<PeerId> _lost = [];
    private readonly Dictionary<string, int> _untold = [];
    private TimeSpan _untoldSince;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _unitsTotal;
    private long _awaited = long.MaxValue;

    /// <summary>Units that the killed agent held and another validated.</summary>
    public int UnitsTakenOver
    {
        get
        {
            lock (_lock)
            {
                return _ledger.UnitsTakenOver;
            }
        }
    }

    /// <summary>Says how many units the job has; call before it is submitted.</summary>
    public void Begin(long unitsTotal)
    {
        lock (_lock)
        {
            _unitsTotal = unitsTotal;
        }
    }

    /// <summary>Follows events until cancelled.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (
                var happened in grid.Client.EventsAsync(job: null, cancellationToken: cancellation))
            {
                lock (_lock)
                {
                    Take(happened);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The demo is over.
        }
    }

    /// <summary>
    /// Waits a moment until the events have told of <paramref name="unitsValidated"/> units.
    /// </summary>
    public async Task CatchUpAsync(long unitsValidated, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _awaited = unitsValidated;
            Ring();
        }

        // Events that do not come leave units uncounted, and the demo then says so; it does not hang.
        await Task.WhenAny(_caughtUp.Task, Task.Delay(CatchUpLimit, TimeProvider.System, cancellation));
        lock (_lock)
        {
            TellTakenOver();
        }

        Draw();
    }

    /// <summary>Shows the state as it is now.</summary>
    public void Draw()
    {
        lock (_lock)
        {
            if (_untold.Count > 0 && elapsed() - _untoldSince >= TellTogether)
            {
                TellTakenOver();
            }

            view.Update(new DemoPicture(_ledger.UnitsValidated, _unitsTotal, [.. grid.Agents.Select(Line)]));
        }
    }

    private void Take(GridEvent happened)
    {
        var before = _ledger.UnitsTakenOver;
        _ledger.Apply(happened);
        if (_ledger.Victim is null)
        {
            PerhapsKill();
        }
        else
        {
            TellOfVictim(happened, _ledger.UnitsTakenOver - before);
        }

        Ring();
    }

    private void PerhapsKill()
    {
        var share = _unitsTotal == 0 ? 0 : (double)_ledger.UnitsValidated / _unitsTotal;
        if (share is < KillFrom or >= 1)
        {
            return;
        }

        var needed = share >= KillHoweverFewFrom ? 1 : UnitsWorthTaking;
        var richest = grid.Agents
            .Select(agent => (Agent: agent, Peer: grid.PeerOf(agent)))
            .Where(candidate => candidate.Peer is not null)
            .Select(candidate => (
                candidate.Agent, Peer: candidate.Peer!.Value, Held: _ledger.HeldBy(candidate.Peer.Value)))
            .MaxBy(candidate => candidate.Held);
        if (richest.Agent is null || richest.Held < needed)
        {
            return;
        }

        richest.Agent.Kill();
        var held = _ledger.Kill(richest.Peer);
        view.Tell(elapsed(), $"{Wording.Percent(_ledger.UnitsValidated, _unitsTotal)} done. Killing {richest.Agent.Name} "
            + $"(SIGKILL, process {richest.Agent.ProcessId}) while it holds {Wording.Counted(held, "unit")}.");
    }

    private void TellOfVictim(GridEvent happened, int takenOver)
    {
        var victim = _ledger.Victim!.Value;
        var name = grid.AgentOf(victim).Name;
        if (happened.Kind == "lost" && happened.Peer == victim && _lost.Add(victim))
        {
            view.Tell(elapsed(), $"{name} has been silent for too long: its units are up for others.");
        }

        if (takenOver > 0 && happened.Peer is { } peer)
        {
            _untoldSince = _untold.Count == 0 ? elapsed() : _untoldSince;
            var taker = grid.AgentOf(peer).Name;
            _untold[taker] = _untold.GetValueOrDefault(taker) + takenOver;
        }
    }

    private void TellTakenOver()
    {
        if (_untold.Count > 0 && _ledger.Victim is { } victim)
        {
            var takers = _untold.Select(taker => $"{taker.Key} {taker.Value}");
            view.Tell(elapsed(), $"Units of {grid.AgentOf(victim).Name} taken over and validated: {string.Join(", ", takers)}.");
            _untold.Clear();
        }
    }

    private void Ring()
    {
        if (_ledger.UnitsValidated >= _awaited)
        {
            _caughtUp.TrySetResult();
        }
    }

    private DemoAgentLine Line(DemoAgent agent)
    {
        if (grid.PeerOf(agent) is not { } peer)
        {
            return new DemoAgentLine(agent.Name, "starting", 0, 0);
        }

        var state = !agent.IsKilled ? "alive" : _lost.Contains(peer) ? "lost" : "killed";
        return new DemoAgentLine(agent.Name, state, _ledger.HeldBy(peer), _ledger.ValidatedBy(peer));
    }
}
