using System.Globalization;
using System.Text;
using GridVolunteer.Groups;
using GridVolunteer.Groups.CommitReveal;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>
/// A round of two honest members, 1 and 2, and an adversary, 3, who sees everything the moment it is sent and
/// says what it likes. Links keep their order; ordered messages stand in one log, arrive at each member in
/// turn, and are delivered when all have them. A step is one choice; the model says which are possible.
/// </summary>
internal sealed class RoundModel
{
    public static readonly ProcessId[] Honest = [new(1), new(2)];
    public static readonly ProcessId Adversary = new(3);

    private static readonly ProcessId[] Members = [.. Honest, Adversary];

    private readonly bool _adversaryCloses;
    private readonly Participant[] _participants;
    private readonly Queue<(ProcessId From, byte[] Message)>[][] _links;
    private readonly List<(ProcessId From, byte[] Message)> _log = [];
    private readonly int[] _arrived = new int[2];
    private readonly int[] _delivered = new int[2];
    private readonly bool[] _committed = new bool[2];
    private readonly bool[] _timedOut = new bool[2];
    private readonly List<string> _played = [];

    public RoundModel(bool adversaryCloses, FlawedParticipants.Make make)
    {
        _adversaryCloses = adversaryCloses;
        var closer = adversaryCloses ? Adversary : Honest[0];
        _participants = [.. Honest.Select(p => make(p, closer, Members))];
        _links = [.. Honest.Select(_ => Members.Select(_ => new Queue<(ProcessId, byte[])>()).ToArray())];
        Checker = new RoundChecker(this);
    }

    public RoundChecker Checker { get; }

    /// <summary>Ordered messages so far, and how many of them each honest member has.</summary>
    public int LogLength => _log.Count;

    public IReadOnlyList<int> Arrived => _arrived;

    public IReadOnlyList<Participant> Participants => _participants;

    public bool TimedOut(int index) => _timedOut[index];

    /// <summary>
    /// What tells this state from another: how far each link was read, what stands in the log, and what each
    /// member has decided. Two orders of steps with the same key go on alike.
    /// </summary>
    public string Key
    {
        get
        {
            var key = new StringBuilder().AppendJoin(',', _played.Order()).Append('|');
            Describe(_log, key);

            for (var i = 0; i < 2; i++)
            {
                var round = _participants[i].Round;
                foreach (var link in _links[i])
                {
                    Describe(link, key.Append('|'));
                }

                key.Append(CultureInfo.InvariantCulture, $",{_arrived[i]},{_delivered[i]},{_committed[i]}")
                    .Append(CultureInfo.InvariantCulture, $",{_timedOut[i]},{round.State},{round.Committed}")
                    .Append(CultureInfo.InvariantCulture, $",{round.Refusals.Total};")
                    .Append(Checker.VerdictsOf(i));
            }

            return key.ToString();
        }
    }

    /// <summary>The steps that are possible now.</summary>
    public IEnumerable<string> Steps()
    {
        for (var i = 0; i < 2; i++)
        {
            if (!_committed[i])
            {
                yield return $"commit {i}";
            }

            for (var from = 0; from < 3; from++)
            {
                if (_links[i][from].Count > 0)
                {
                    yield return $"link {i} {from}";
                }
            }

            if (_arrived[i] < _log.Count)
            {
                yield return $"arrive {i}";
            }

            if (_delivered[i] < Math.Min(_arrived[0], _arrived[1]))
            {
                yield return $"deliver {i}";
            }

            if (!_timedOut[i])
            {
                yield return $"timeout {i}";
            }
        }

        foreach (var trick in AdversaryTricks.Possible(_adversaryCloses, _played, Checker))
        {
            yield return $"play {trick}";
        }
    }

    /// <summary>Takes a step.</summary>
    public void Take(string step)
    {
        var words = step.Split(' ');
        if (words[0] == "play")
        {
            _played.Add(words[1]);
            foreach (var said in AdversaryTricks.Play(words[1], _played, Checker))
            {
                Spread(Adversary, said);
            }

            return;
        }

        var i = words[1][0] - '0';
        foreach (var happened in Happen(words, i))
        {
            if (happened is CommitRevealEvent.Say said)
            {
                Checker.Said(i, said);
                Spread(Honest[i], said);
            }
            else
            {
                Checker.Happened(i, happened);
            }
        }
    }

    private static void Describe(IEnumerable<(ProcessId From, byte[] Message)> messages, StringBuilder key)
    {
        foreach (var (_, message) in messages)
        {
            var hash = new HashCode();
            hash.AddBytes(message);
            key.Append(hash.ToHashCode()).Append(',');
        }
    }

    private List<CommitRevealEvent> Happen(string[] words, int i)
    {
        switch (words[0])
        {
            case "commit":
                _committed[i] = true;
                return _participants[i].Commit();
            case "link":
                var (from, message) = _links[i][words[2][0] - '0'].Dequeue();
                return _participants[i].Arrive(from, message, isOrdered: false);
            case "arrive":
                var ordered = _log[_arrived[i]++];
                return _participants[i].Arrive(ordered.From, ordered.Message, isOrdered: true);
            case "deliver":
                var next = _log[_delivered[i]++];
                return _participants[i].Deliver(next.From, next.Message);
            default:
                _timedOut[i] = true;
                return _participants[i].Timeout();
        }
    }

    private void Spread(ProcessId from, CommitRevealEvent.Say said)
    {
        if (said.OrderedAndSafe)
        {
            _log.Add((from, said.Message.ToArray()));
            return;
        }

        var link = Array.IndexOf(Members, from);
        foreach (var queues in _links)
        {
            queues[link].Enqueue((from, said.Message.ToArray()));
        }
    }
}
