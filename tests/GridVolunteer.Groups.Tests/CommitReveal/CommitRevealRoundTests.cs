using FsCheck.Xunit;
using GridVolunteer.Groups.CommitReveal;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.CommitReveal;

public sealed class CommitRevealRoundTests
{
    private static readonly Bytes32 Subject = new(7, 7);
    private static readonly ProcessId A = new(1);
    private static readonly ProcessId B = new(2);
    private static readonly ProcessId C = new(3);

    private readonly Output<CommitRevealEvent> _output = new();
    private readonly CommitRevealRound _round = Round(A);

    [Fact]
    public void Member_ThatNeverCommits_IsVoidAtTheClose()
    {
        Commit(A);
        Commit(B);
        Deliver(A, Said(() => _round.Close(_output)), orderedAndSafe: true);
        Assert.Equal(RoundState.Closed, _round.State);
        Assert.Contains(new CommitRevealEvent.Voided(C, VoidReason.NotListed), _output.Events);
    }

    [Fact]
    public void Member_ThatDoesNotReveal_IsVoidWhenPatienceEnds()
    {
        CloseWithAll();
        _output.Clear();
        _round.Tick(_round.Due - TimeSpan.FromTicks(1), _output);
        Assert.True(_output.IsEmpty);
        _round.Tick(_round.Due, _output);
        Assert.Contains(new CommitRevealEvent.Voided(B, VoidReason.NotRevealed), _output.Events);
        Assert.IsType<CommitRevealEvent.Settled>(_output.Events[^1]);
        Assert.Equal(TimeSpan.MaxValue, _round.Due);
    }

    [Fact]
    public void Close_ThatDoesNotCome_LeavesNothingShown()
    {
        Commit(B);
        _round.Commit(OpeningOf(A), _output);
        _round.ExpectClose(TimeSpan.FromSeconds(5));
        _output.Clear();
        _round.Tick(TimeSpan.FromSeconds(7), _output);
        Assert.IsType<CommitRevealEvent.Abandoned>(Assert.Single(_output.Events));

        // Should the CLOSE come after all, this member shows nothing.
        _output.Clear();
        Deliver(A, CloseListing(A, B), orderedAndSafe: true);
        Assert.True(_output.IsEmpty);
        Assert.Equal(RoundState.Abandoned, _round.State);
    }

    [Fact]
    public void Close_NotOrderedAndSafe_OrFromAnother_MeansNothing()
    {
        Deliver(A, CloseListing(A, B), orderedAndSafe: false);
        Deliver(B, CloseListing(A, B), orderedAndSafe: true);
        Assert.Equal(RoundState.Open, _round.State);
        Assert.Equal(2, _round.Refusals[RefusalReason.NotEntitled]);
    }

    [Fact]
    public void Close_ThatListsSomethingElseForTheMember_MakesItShowNothing()
    {
        _round.Commit(OpeningOf(A) with { Nonce = new Bytes32(9, 9) }, _output);
        _output.Clear();
        Deliver(A, CloseListing(A, B), orderedAndSafe: true);
        Assert.Empty(_output.Events.OfType<CommitRevealEvent.Say>());
    }

    [Fact]
    public void SecondCommitment_OfAMember_IsRefused()
    {
        Commit(B);
        Deliver(B, Said(() => Round(B).Commit(OpeningOf(C), _output)), orderedAndSafe: false);
        Assert.Equal(1, _round.Refusals[RefusalReason.Implausible]);
        Assert.Equal(1, _round.Committed);
    }

    [Fact]
    public void Stranger_AndOtherRound_AreRefused()
    {
        var stranger = new ProcessId(9);
        var other = new CommitRevealRound(new Bytes32(8, 8), B, A, [A, B], CommitRevealOptions.Default);
        Deliver(stranger, Said(() => Round(B).Commit(OpeningOf(B), _output)), orderedAndSafe: false);
        Deliver(B, Said(() => other.Commit(OpeningOf(B), _output)), orderedAndSafe: false);
        Assert.Equal(2, _round.Refusals[RefusalReason.NotEntitled]);
        Assert.Equal(0, _round.Committed);
    }

    [Fact]
    public void Misuse_Throws()
    {
        _round.Commit(OpeningOf(A), _output);
        Assert.Throws<InvalidOperationException>(() => _round.Commit(OpeningOf(A), _output));
        Assert.Throws<InvalidOperationException>(() => Round(B).Close(_output));
        Assert.Throws<ArgumentException>(
            () => new CommitRevealRound(Subject, A, B, [A], CommitRevealOptions.Default));
        Assert.Throws<ArgumentException>(
            () => new CommitRevealRound(Subject, A, A, [A], new() { ClosePatience = default }));
    }

    /// <summary>
    /// Whatever differs, the commitment differs: the process too, which is what stops copies.
    /// </summary>
    [Property]
    public void Commitment_OpensForNothingElse(ulong x, byte which)
    {
        var opening = new Opening(new Bytes32(x, 1), new Bytes32(x, 2));
        var commitment = Commitment.Of(Subject, A, opening);
        Assert.Equal(commitment, Commitment.Of(Subject, A, opening));
        var other = (which % 5) switch
        {
            0 => Commitment.Of(Subject, B, opening),
            1 => Commitment.Of(new Bytes32(7, 8), A, opening),
            2 => Commitment.Of(Subject, A, opening with { Nonce = new Bytes32(x, 3) }),
            3 => Commitment.Of(Subject, A, opening with { Digest = new Bytes32(x, 3) }),
            _ => Commitment.Of(Subject, A, new Opening(opening.Digest, opening.Nonce)),
        };
        Assert.NotEqual(commitment, other);
    }

    [Fact]
    public void Subject_IsReadFromAnyMessageOfARound()
    {
        Assert.True(CommitRevealRound.TryReadSubject(CloseListing(A, B), out var subject));
        Assert.Equal(Subject, subject);
        Assert.False(CommitRevealRound.TryReadSubject(CloseListing(A, B).AsSpan(0, 20), out _));
    }

    [Property(MaxTest = 500)]
    public void HostileBytes_AreRefusedAndCounted(byte[] bytes, ushort at, byte flip)
    {
        var round = Round(A);
        round.Receive(B, bytes, orderedAndSafe: true, default, _output);
        Assert.Equal(1, round.Refusals.Total);
        foreach (var message in new[] { CloseListing(A, B), CommitOf(B) })
        {
            message[at % message.Length] ^= flip;
            round.Receive(A, message, orderedAndSafe: true, default, _output);
            var refused = round.Refusals.Total;
            round.Receive(A, message.AsSpan(0, at % message.Length), orderedAndSafe: true, default, _output);
            Assert.Equal(refused + 1, round.Refusals.Total);
        }

        Assert.InRange(round.Committed, 0, 3);
    }

    private static CommitRevealRound Round(ProcessId self) =>
        new(Subject, self, A, [A, B, C], CommitRevealOptions.Default);

    private static Opening OpeningOf(ProcessId process) =>
        new(new Bytes32(1, process.Value), new Bytes32(2, process.Value));

    private static byte[] CommitOf(ProcessId process)
    {
        var output = new Output<CommitRevealEvent>();
        Round(process).Commit(OpeningOf(process), output);
        return output.Events.OfType<CommitRevealEvent.Say>().Single().Message.ToArray();
    }

    private static byte[] CloseListing(params ProcessId[] committed)
    {
        var closer = Round(A);
        var output = new Output<CommitRevealEvent>();
        foreach (var process in committed)
        {
            closer.Receive(process, CommitOf(process), orderedAndSafe: false, default, output);
        }

        closer.Close(output);
        return output.Events.OfType<CommitRevealEvent.Say>().Last().Message.ToArray();
    }

    private void Commit(ProcessId process) => Deliver(process, CommitOf(process), orderedAndSafe: false);

    private void CloseWithAll()
    {
        Commit(A);
        Commit(B);
        Deliver(A, Said(() => Commit(C)), orderedAndSafe: true);
    }

    private byte[] Said(Action action)
    {
        _output.Clear();
        action();
        return _output.Events.OfType<CommitRevealEvent.Say>().Single().Message.ToArray();
    }

    private void Deliver(ProcessId from, byte[] message, bool orderedAndSafe) =>
        _round.Receive(from, message, orderedAndSafe, default, _output);
}
