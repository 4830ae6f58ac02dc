using GridVolunteer.Groups;
using GridVolunteer.Groups.CommitReveal;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>
/// Watches a round and names what must not be: a digest seen while somebody lacks the CLOSE, a copied result
/// that counts, a member judged twice, or two members who disagree though neither ran out of time.
/// </summary>
internal sealed class RoundChecker(RoundModel model)
{
    private readonly HashSet<ProcessId> _committed = [];
    private readonly HashSet<ProcessId> _revealed = [];
    private readonly Dictionary<ProcessId, CommitRevealEvent>[] _verdicts = [[], []];

    /// <summary>The first thing that must not be; null while all is well.</summary>
    public string? Fault { get; private set; }

    public bool HasCommitted(ProcessId process) => _committed.Contains(process);

    public bool HasRevealed(ProcessId process) => _revealed.Contains(process);

    /// <summary>What a member has decided, in an order of its own.</summary>
    public string VerdictsOf(int index) =>
        string.Join(',', _verdicts[index].OrderBy(v => v.Key).Select(v => v.Value.ToString()));

    public void Said(int index, CommitRevealEvent.Say said)
    {
        var self = RoundModel.Honest[index];
        switch (said.Message.Span[0])
        {
            case 0x81:
                _committed.Add(self);
                break;
            case 0x83:
                _revealed.Add(self);
                if (model.LogLength == 0 || model.Arrived.Any(a => a == 0))
                {
                    Fault ??= $"{self} shows its digest before every member has the CLOSE";
                }

                break;
        }
    }

    public void Happened(int index, CommitRevealEvent happened)
    {
        var judged = happened switch
        {
            CommitRevealEvent.Revealed revealed => revealed.Process,
            CommitRevealEvent.Voided voided => voided.Process,
            _ => (ProcessId?)null,
        };
        if (judged is not { } process)
        {
            return;
        }

        if (happened is CommitRevealEvent.Revealed counts
            && counts.Digest != Participant.OpeningOf(process).Digest)
        {
            Fault ??= $"a result that {process} has copied counts";
        }

        if (!_verdicts[index].TryAdd(process, happened))
        {
            Fault ??= $"{process} is judged twice";
        }
    }

    /// <summary>Nothing more can happen: everybody has a verdict on everybody, and it is the same.</summary>
    public void AtRest()
    {
        if (model.TimedOut(0) || model.TimedOut(1) || model.LogLength == 0)
        {
            return;
        }

        foreach (var (process, verdict) in _verdicts[0])
        {
            if (_verdicts[1].TryGetValue(process, out var other) && other != verdict)
            {
                Fault ??= $"verdicts on {process} differ: {verdict} and {other}";
            }
        }

        foreach (var process in _revealed)
        {
            if (_verdicts.Any(v => v.GetValueOrDefault(process) is not CommitRevealEvent.Revealed))
            {
                Fault ??= $"{process} committed and revealed in time, and does not count";
            }
        }
    }
}
