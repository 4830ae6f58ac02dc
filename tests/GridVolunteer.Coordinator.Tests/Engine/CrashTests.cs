using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>
/// What kill -9 cannot prove, since the page cache outlives the process: a crash that drops what was not
/// synced.
/// </summary>
public sealed class CrashTests
{
    private const int Entities = 3;

    /// <summary>The steps of a run, each drawn from its seed.</summary>
    private enum Step
    {
        Add,
        AddHalf,
        Read,
        Sync,
        Fail,
        Crash,
    }

    [Property(MaxTest = 300)]
    public Property WhatWasAcknowledged_SurvivesACrashAtAnyMoment() =>
        Prop.ForAll(
            Arb.From(Gen.Choose(0, int.MaxValue)),
            seed => OnOneScheduler(() => RunAsync(seed)).Label($"seed {seed}"));

    /// <summary>
    /// Runs everything on one scheduler, first come first served, so that a seed always gives the same run.
    /// </summary>
    private static bool OnOneScheduler(Func<Task<bool>> run) => Task.Factory.StartNew(
        run, CancellationToken.None, TaskCreationOptions.None,
        new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)
        .Unwrap().GetAwaiter().GetResult();

    private static async Task<bool> RunAsync(int seed)
    {
        var random = new System.Random(seed);
        var journal = new JournalFake(syncsAtOnce: false);
        var options = new EntityHostOptions { TurnsPerSnapshot = random.Next(2, 8), CommandsPerTurnMax = random.Next(1, 6) };
        var rig = new HostRig(journal, options);
        var hosts = Hosts(rig);
        var asked = new List<(int Entity, int Number, Task<int> Reply)>();
        for (var i = 0; i < 120; i++)
        {
            var entity = random.Next(Entities);
            switch (Draw(random))
            {
                case Step.Add:
                    asked.Add((entity, i, HostRig.AddAsync(hosts[entity], i)));
                    break;
                case Step.AddHalf:
                    _ = HostRig.AddHalfAsync(hosts[entity], 1_000_000 + i).ContinueWith(
                        t => t.Exception, TaskScheduler.Default);
                    break;
                case Step.Read:
                    _ = HostRig.ReadAsync(hosts[entity]).ContinueWith(
                        t => t.Exception, TaskScheduler.Default);
                    break;
                case Step.Sync:
                    journal.Sync(random.Next(1, 3));
                    await Task.Yield();
                    break;
                case Step.Fail:
                    journal.FailUnsynced();
                    break;
                case Step.Crash:
                    // The process goes with its memory: callers that were not answered never are.
                    var known = await AcknowledgedAsync(asked);
                    journal.Crash();
                    hosts = Hosts(rig);
                    if (!await HoldsAsync(hosts, known, asked))
                    {
                        return false;
                    }

                    break;
            }
        }

        var last = await AcknowledgedAsync(asked);
        journal.Crash();
        return await HoldsAsync(Hosts(rig), last, asked);
    }

    private static EntityHost<Tally>[] Hosts(HostRig rig) =>
        [.. Enumerable.Range(0, Entities).Select(e => rig.Host(new EntityKey($"tally{e}")))];

    private static Step Draw(System.Random random) => random.Next(100) switch
    {
        < 45 => Step.Add,
        < 50 => Step.AddHalf,
        < 60 => Step.Read,
        < 92 => Step.Sync,
        < 96 => Step.Fail,
        _ => Step.Crash,
    };

    private static async Task<List<(int Entity, int Number)>> AcknowledgedAsync(
        List<(int Entity, int Number, Task<int> Reply)> asked)
    {
        await Task.Yield();
        return [.. asked.Where(a => a.Reply.IsCompletedSuccessfully).Select(a => (a.Entity, a.Number))];
    }

    /// <summary>
    /// All that was acknowledged is there, once, in the order asked; nothing is there that was refused or
    /// half done.
    /// </summary>
    private static async Task<bool> HoldsAsync(
        EntityHost<Tally>[] hosts,
        List<(int Entity, int Number)> acknowledged,
        List<(int Entity, int Number, Task<int> Reply)> asked)
    {
        for (var entity = 0; entity < Entities; entity++)
        {
            var numbers = await HostRig.ReadAsync(hosts[entity]);
            var refused =
                asked.Where(a => a.Entity == entity && a.Reply.IsFaulted).Select(a => a.Number).ToHashSet();
            if (acknowledged.Any(a => a.Entity == entity && !numbers.Contains(a.Number))
                || numbers.Any(n => n >= 1_000_000 || refused.Contains(n))
                || !numbers.SequenceEqual(numbers.Order().Distinct()))
            {
                return false;
            }
        }

        return true;
    }
}
