using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Cluster.Tests.Silos;

/// <summary>What of a call that failed is repeated, how long, and what is told at once.</summary>
public sealed class PatientCallsTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PatientCalls _calls;
    private int _made;

    public PatientCallsTests() => _calls = new PatientCalls(_clock, new CallCounts());

    public static TheoryData<Exception> Passing =>
    [
        new SiloUnavailableException("The silo is going."),
        new TimeoutException("It did not answer."),
        new EntityMovedException("It is elsewhere."),

        // So Orleans gives up a message for which it found no place in time, though nobody cancelled.
        new OperationCanceledException("Message expired before placement could complete."),
    ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task WhatPasses_IsAskedAgain(Exception failure)
    {
        var asked = AskAsync(_ => ++_made == 1 ? throw failure : new("well"));
        Assert.Equal((1, false), (_made, asked.IsCompleted));
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal("well", await asked);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task WhatDoesNotPass_IsToldWhenPatienceEnds_AsTroubleThatMayBeRepeated(Exception failure)
    {
        var asked = AskAsync(_ =>
        {
            _clock.Advance(PatientCalls.Patience + TimeSpan.FromTicks(1));
            throw failure;
        });
        await Assert.ThrowsAnyAsync<StorageUnavailableException>(() => asked);
    }

    [Fact]
    public async Task WhatRepetitionsDoNotHelp_IsToldAtOnce()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AskAsync(_ => throw new StorageUnavailableException("Full.")));
        await Assert.ThrowsAsync<ArgumentException>(() => AskAsync(_ => throw new ArgumentException("Wrong.")));
    }

    [Fact]
    public async Task ACallerThatCancels_IsAskedForNothingMore()
    {
        using var gone = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(
            token =>
            {
                gone.Cancel();
                return ValueTask.FromCanceled<string>(token);
            },
            gone.Token));
    }

    [Fact]
    public async Task ACallerThatCancels_WhileARepetitionIsWaitedFor_IsLetGo()
    {
        using var gone = new CancellationTokenSource();
        var asked = AskAsync(_ => ++_made == 1 ? throw new TimeoutException() : new("well"), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.Equal(1, _made);
    }

    private Task<string> AskAsync(Func<CancellationToken, ValueTask<string>> answer, CancellationToken cancellationToken = default) =>
        _calls.CallAsync(this, answer, static (_, answer, token) => answer(token), cancellationToken).AsTask();
}
