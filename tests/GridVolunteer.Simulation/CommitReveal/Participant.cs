using GridVolunteer.Groups;
using GridVolunteer.Groups.CommitReveal;
using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Simulation.CommitReveal;

/// <summary>An honest member of a round; known mutants derive from it and break one rule each.</summary>
internal class Participant(ProcessId self, ProcessId closer, IReadOnlyCollection<ProcessId> members)
{
    public static readonly Bytes32 Subject = new(7, 7);

    private readonly Output<CommitRevealEvent> _output = new();

    public ProcessId Self { get; } = self;

    public CommitRevealRound Round { get; protected set; } =
        new(Subject, self, closer, members, CommitRevealOptions.Default);

    /// <summary>What a process computed; of its own.</summary>
    public static Opening OpeningOf(ProcessId process) =>
        new(new Bytes32(1, process.Value), new Bytes32(2, process.Value));

    public virtual List<CommitRevealEvent> Commit() => Take(() => Round.Commit(OpeningOf(Self), _output));

    /// <summary>A message has arrived on a link. An ordered one is not to be acted on yet.</summary>
    public virtual List<CommitRevealEvent> Arrive(ProcessId from, byte[] message, bool isOrdered) =>
        isOrdered ? [] : Hand(from, message, orderedAndSafe: false);

    /// <summary>A message is delivered in total order, now that all have it.</summary>
    public virtual List<CommitRevealEvent> Deliver(ProcessId from, byte[] message) =>
        Hand(from, message, orderedAndSafe: true);

    public List<CommitRevealEvent> Timeout() => Take(() =>
    {
        Round.ExpectClose(TimeSpan.Zero);
        Round.Tick(Round.Due, _output);
    });

    protected List<CommitRevealEvent> Hand(ProcessId from, byte[] message, bool orderedAndSafe) =>
        Take(() => Round.Receive(from, message, orderedAndSafe, TimeSpan.Zero, _output));

    private List<CommitRevealEvent> Take(Action action)
    {
        _output.Clear();
        action();
        return [.. _output.Events];
    }
}
