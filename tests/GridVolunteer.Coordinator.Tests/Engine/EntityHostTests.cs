using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using static GridVolunteer.Coordinator.Tests.Engine.HostRig;

namespace GridVolunteer.Coordinator.Tests.Engine;

public sealed class EntityHostTests
{
    [Fact]
    public async Task Commands_AreDecidedInTheOrderTheyCame()
    {
        var host = new HostRig(new JournalFake()).Host();
        var counts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => AddAsync(host, i)).ToArray());
        Assert.Equal(Enumerable.Range(1, 1000), counts);
        Assert.Equal(Enumerable.Range(0, 1000), await ReadAsync(host));
    }

    [Fact]
    public async Task Commands_ThatWait_AreStoredInOneTurn()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var rig = new HostRig(journal);
        var host = rig.Host();
        var first = AddAsync(host, 1);
        var others = Enumerable.Range(2, 50).Select(i => AddAsync(host, i)).ToArray();
        Assert.Equal(1, journal.Unsynced);
        await SyncUntilAsync(journal, Task.WhenAll([first, .. others]));
        Assert.Equal(2, journal.Appends);
    }

    [Fact]
    public async Task Commands_BeyondTheBoundOfATurn_WaitForTheNext()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var host = new HostRig(journal, new EntityHostOptions { CommandsPerTurnMax = 10 }).Host();
        var all = Enumerable.Range(1, 41).Select(i => AddAsync(host, i)).ToArray();
        await SyncUntilAsync(journal, Task.WhenAll(all));
        Assert.Equal(5, journal.Appends);
    }

    [Fact]
    public async Task Replies_ToReadsToo_WaitUntilWhatTheyRestOnIsDurable()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var rig = new HostRig(journal);
        var host = rig.Host();
        var add = AddAsync(host, 7);
        var read = ReadAsync(host);
        Assert.False(add.IsCompleted);
        Assert.False(read.IsCompleted);
        Assert.Empty(rig.Said);
        journal.Sync(1);
        Assert.Equal(1, await add);
        Assert.Equal([7], await read);
        Assert.Equal(["recovered", "7"], rig.Said);
    }

    [Fact]
    public async Task AReadAlone_IsAnsweredAtOnceAndStoresNothing()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var read = ReadAsync(new HostRig(journal).Host());
        Assert.True(read.IsCompletedSuccessfully);
        Assert.Empty(await read);
        Assert.Equal(0, journal.Unsynced);
    }

    [Fact]
    public async Task AFailedAppend_FailsItsCallersAndIsForgotten()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal);
        var host = rig.Host();
        await AddAsync(host, 1);
        rig.Said.Clear();
        journal.FailNext = new StorageUnavailableException("full");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(host, 2));
        Assert.Empty(rig.Said);
        Assert.Equal([1], await ReadAsync(host));
        Assert.Equal(2, await AddAsync(host, 3));
        Assert.Equal(2, journal.Loads);
    }

    [Fact]
    public async Task AReadThatIsNotConfirmed_IsNotAnswered()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal);
        var (older, later) = (rig.Host(), rig.Host());
        await AddAsync(older, 1);
        await AddAsync(later, 2);
        await Assert.ThrowsAsync<EntityMovedException>(() => ReadAsync(older));
        Assert.Equal([1, 2], await ReadAsync(older));

        journal.FailConfirm = new StorageUnavailableException("away");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(older));
        var loads = journal.Loads;
        Assert.Equal([1, 2], await ReadAsync(older));
        Assert.Equal(loads, journal.Loads);
    }

    [Fact]
    public async Task WhatIsStoredOrLoadedInItsTurn_OrIsOver_NeedsNoConfirmation()
    {
        var journal = new JournalFake();
        var host = new HostRig(journal).Host();
        Assert.Empty(await ReadAsync(host));
        Assert.Equal(1, await AddAsync(host, 1));
        Assert.Equal(0, journal.Confirmations);
        Assert.Equal([1], await ReadAsync(host));
        Assert.Equal(1, journal.Confirmations);
        Assert.Equal(2, await AddAsync(host, -1)); // Closes it.
        Assert.Equal([1, -1], await ReadAsync(host));
        Assert.Equal(1, journal.Confirmations);
    }

    [Fact]
    public async Task AnEntityThatWaitsForATick_IsTickedSoonAfterAFailure()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal);
        var host = rig.Host();
        await host.AskAsync((tally, _) => tally.NextTick = rig.Clock.GetUtcNow().AddHours(1), default);
        Assert.Equal(rig.Clock.GetUtcNow().AddHours(1), Assert.Single(rig.TicksWanted));
        journal.FailNext = new StorageUnavailableException("full");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(host, 2));
        Assert.Equal(rig.Clock.GetUtcNow().AddSeconds(1), rig.TicksWanted.Last());
        Assert.Equal(rig.TicksWanted.Last(), host.NextTick);
    }

    [Fact]
    public async Task AFailedLoad_FailsItsCallersAndTheNextTriesAgain()
    {
        var journal = new JournalFake { FailLoad = new StorageUnavailableException("away") };
        var host = new HostRig(journal).Host();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(host, 1));
        Assert.Equal(1, await AddAsync(host, 2));
    }

    [Fact]
    public async Task AJournalThatCannotBeUnderstood_IsReportedAsThat()
    {
        var journal = new JournalFake();
        await journal.AppendAsync(Key, new JournalPosition(0), new TurnRecord(new byte[] { 200, 1, 2 }, [], null));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => ReadAsync(new HostRig(journal).Host()));
        Assert.Contains("cannot be understood", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABugInOneCommand_HarmsNoNeighbourBeforeOrBehindIt()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var rig = new HostRig(journal);
        var host = rig.Host();
        var first = AddAsync(host, 0);
        var before = AddAsync(host, 1);
        var broken = AddHalfAsync(host, 2);
        var behind = AddAsync(host, 3);
        var read = ReadAsync(host);
        await SyncUntilAsync(journal, Task.WhenAll(first, before, behind));
        Assert.Equal((1, 2, 3), (await first, await before, await behind));
        Assert.Equal("bug at 2", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken)).Message);
        Assert.Equal([0, 1, 3], await read);
        Assert.Equal([0, 1, 3], await ReadAsync(host));
        Assert.Equal(["recovered", "0", "1", "recovered", "3"], rig.Said);
        Assert.Equal(2, journal.Loads);
    }

    [Fact]
    public async Task AListenerThatThrows_LeavesNoCallerWaiting()
    {
        var rig = new HostRig(new JournalFake()) { FailPublish = new InvalidOperationException("bug") };
        var host = rig.Host();
        Assert.Equal(1, await AddAsync(host, 1));
        Assert.Equal(2, await AddAsync(host, 2));
        Assert.Equal(["recovered", "2"], rig.Said);
    }

    [Fact]
    public async Task TwoHostsOfOneEntity_CannotBothWrite()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal);
        var (one, other) = (rig.Host(), rig.Host());
        await ReadAsync(one);
        await AddAsync(other, 1);
        await Assert.ThrowsAsync<EntityMovedException>(() => AddAsync(one, 2));
        Assert.Equal([1], await ReadAsync(one));
        Assert.Equal(2, await AddAsync(one, 3));
    }

    [Fact]
    public async Task ASnapshot_ReplacesTheJournalWhenItHasGrown()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal, new EntityHostOptions { TurnsPerSnapshot = 10 });
        var host = rig.Host();
        for (var i = 0; i < 25; i++)
        {
            await AddAsync(host, i);
        }

        Assert.Equal(2, journal.Snapshots);
        Assert.Equal(5, (await journal.LoadAsync(Key, default)).Turns.Count);
        Assert.Equal(Enumerable.Range(0, 25), await ReadAsync(rig.Host()));

        // A host that loads an entity counts what it replayed.
        var next = rig.Host();
        for (var i = 25; i < 30; i++)
        {
            await AddAsync(next, i);
        }

        Assert.Equal(3, journal.Snapshots);
    }

    [Fact]
    public async Task AnEntityThatCloses_IsSnapshottedOnceAndLoadedFromThat()
    {
        var journal = new JournalFake();
        var rig = new HostRig(journal);
        var host = rig.Host();
        await AddAsync(host, 5);
        await AddAsync(host, -1);
        await AddAsync(host, 6);
        Assert.True(host.IsClosed);
        Assert.Equal(1, journal.Snapshots);
        await AddAsync(rig.Host(), 7);
        Assert.Equal([5, -1, 6, 7], await ReadAsync(rig.Host()));
    }

    [Fact]
    public async Task ACallerThatGivesUpBeforeItsTurn_ChangesNothing()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var host = new HostRig(journal).Host();
        var first = AddAsync(host, 1);
        using var cancellation = new CancellationTokenSource();
        var given = host.AskAsync(2, static (tally, number, turn) => tally.Add(number, turn), cancellation.Token).AsTask();
        var last = AddAsync(host, 3);
        await cancellation.CancelAsync();
        await SyncUntilAsync(journal, Task.WhenAll(first, last));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal([1, 3], await ReadAsync(host));
    }

    [Fact]
    public async Task AHost_RetiresOnlyWhenItIsIdleAndWaitsForNothing()
    {
        var rig = new HostRig(new JournalFake());
        var host = rig.Host();
        await AddAsync(host, 1);
        Assert.False(host.TryRetire(TimeSpan.FromSeconds(1)));
        await host.AskAsync((tally, _) => tally.NextTick = rig.Clock.GetUtcNow(), default);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(host.TryRetire(TimeSpan.FromSeconds(1)));
        await host.TickAsync(default);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(host.TryRetire(TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync(host, 2));
        await host.TickAsync(default);
    }

    [Fact]
    public async Task ThePump_StaysOnTheSchedulerOfTheCallerThatBeganIt()
    {
        var journal = new JournalFake(syncsAtOnce: false);
        var host = new HostRig(journal).Host();
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var seen = new List<TaskScheduler>();
        var asked = Task.Factory.StartNew(
            async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await host.AskAsync(i, (tally, number, turn) =>
                    {
                        seen.Add(TaskScheduler.Current);
                        return tally.Add(number, turn);
                    }, default);
                    seen.Add(TaskScheduler.Current);
                }
            },
            CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();
        await SyncUntilAsync(journal, asked);
        Assert.Equal(6, seen.Count);
        Assert.All(seen, s => Assert.Same(scheduler, s));
    }

    private static async Task SyncUntilAsync(JournalFake journal, Task done)
    {
        while (!done.IsCompleted)
        {
            journal.Sync(1);
            await Task.Yield();
        }

        await done;
    }
}
