using GridVolunteer.Groups;
using GridVolunteer.Groups.CommitReveal;
using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>Members with one rule broken, to show that the checker sees it.</summary>
internal static class FlawedParticipants
{
    public delegate Participant Make(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members);

    /// <summary>Each flaw by its name.</summary>
    public static readonly IReadOnlyDictionary<string, Make> All = new Dictionary<string, Make>
    {
        ["RevealsBeforeClose"] = (s, c, m) => new EagerRevealer(s, c, m),
        ["ActsOnCloseNotAllHave"] = (s, c, m) => new UnsafeCloser(s, c, m),
        ["TakesUnorderedClose"] = (s, c, m) => new UnorderedCloser(s, c, m),
        ["LetsLaterCloseCount"] = (s, c, m) => new LastClose(s, c, m),
        ["DoesNotCheckOpening"] = (s, c, m) => new Unchecking(s, c, m),
        ["HasNoProcessInCommitment"] = (s, c, m) => new ProcessBlind(s, c, m),
    };

    /// <summary>What makes members with this flaw; sound ones for null.</summary>
    public static Make With(string? flaw) =>
        flaw is null ? (s, c, m) => new Participant(s, c, m) : All[flaw];

    private static List<CommitRevealEvent> RevealOf(ProcessId self)
    {
        // A round of its own, closed at once, says what an honest member would say after the close.
        var round = new CommitRevealRound(
            Participant.Subject, self, self, [self], CommitRevealOptions.Default);
        var output = new Output<CommitRevealEvent>();
        round.Commit(Participant.OpeningOf(self), output);
        for (var i = 0; i < 2; i++)
        {
            var said = output.Events.OfType<CommitRevealEvent.Say>().Last();
            output.Clear();
            round.Receive(self, said.Message.Span, said.OrderedAndSafe, TimeSpan.Zero, output);
        }

        return [output.Events.OfType<CommitRevealEvent.Say>().Single()];
    }

    private sealed class EagerRevealer(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        public override List<CommitRevealEvent> Commit() => [.. base.Commit(), .. RevealOf(Self)];
    }

    private sealed class UnsafeCloser(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        public override List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered) =>
            Hand(from, message, orderedAndSafe: isOrdered);
    }

    private sealed class UnorderedCloser(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        public override List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered) =>
            isOrdered ? [] : Hand(from, message, orderedAndSafe: true);
    }

    private sealed class LastClose(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        private readonly List<(ProcessId From, byte[] Message)> _reveals = [];
        private readonly ProcessId _closer = closer;
        private readonly IReadOnlyCollection<ProcessId> _members = members;
        private bool _hasCommitted;

        public override List<CommitRevealEvent> Commit()
        {
            _hasCommitted = true;
            return base.Commit();
        }

        public override List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered)
        {
            _reveals.Add((from, message));
            return base.Arrive(from, message, isOrdered);
        }

        public override List<CommitRevealEvent> Deliver(ProcessId from, byte[] message)
        {
            Round = new CommitRevealRound(Subject, Self, _closer, _members, CommitRevealOptions.Default);
            if (_hasCommitted)
            {
                base.Commit();
            }

            return [
                .. base.Deliver(from, message),
                .. _reveals.SelectMany(r => base.Arrive(r.From, r.Message, isOrdered: false))];
        }
    }

    private sealed class Unchecking(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        public override List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered) =>
            Believe(base.Arrive(from, message, isOrdered));

        public override List<CommitRevealEvent> Deliver(ProcessId from, byte[] message) =>
            Believe(base.Deliver(from, message));

        // The adversary of the model reveals what it stole from process 2.
        private static List<CommitRevealEvent> Believe(List<CommitRevealEvent> events) =>
            events.ConvertAll(e => e is CommitRevealEvent.Voided { Reason: VoidReason.DoesNotOpen } voided
                ? new CommitRevealEvent.Revealed(voided.Process, OpeningOf(new ProcessId(2)).Digest)
                : e);
    }

    private sealed class ProcessBlind(
        ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
        : Participant(self, closer, members)
    {
        private readonly HashSet<ProcessId> _copies = [];

        public override List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered)
        {
            // Without the process inside, a copied commitment opens with the copied opening.
            if (Commitment.Of(Subject, new ProcessId(2), OpeningOf(new ProcessId(2))) is var copied
                && from != new ProcessId(2) && message.AsSpan().IndexOf(BytesOf(copied)) >= 0)
            {
                _copies.Add(from);
            }

            return Open(base.Arrive(from, message, isOrdered));
        }

        public override List<CommitRevealEvent> Deliver(ProcessId from, byte[] message) =>
            Open(base.Deliver(from, message));

        private static byte[] BytesOf(Bytes32 value)
        {
            var bytes = new byte[Bytes32.SizeBytes];
            value.CopyTo(bytes);
            return bytes;
        }

        private List<CommitRevealEvent> Open(List<CommitRevealEvent> events) => [.. events.Select(e =>
            e is CommitRevealEvent.Voided { Reason: VoidReason.DoesNotOpen } voided
            && _copies.Contains(voided.Process)
                ? new CommitRevealEvent.Revealed(voided.Process, OpeningOf(new ProcessId(2)).Digest)
                : e)];
    }
}
