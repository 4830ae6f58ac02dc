using FsCheck.Xunit;
using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Tests.Jobs;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Brokering;

/// <summary>
/// Over long runs each job gets work in proportion to its priority, give or take what one can say beforehand.
/// </summary>
[Properties(Arbitrary = [typeof(ScriptArbitrary)])]
public sealed class FairShareProperties
{
    private const double SecondsMax = 100;

    [Property(MaxTest = 60)]
    public void BackloggedJobs_GetWorkInProportionToTheirPriorities(Script script, byte seed)
    {
        var random = new Random(seed);
        var (book, priorities) = Jobs(random, count: 2 + (seed % 5));

        var given = Serve(book, script.Steps.Concat(script.Steps).Concat(script.Steps), random, holds: false);

        AssertProportional(given, priorities, slack: 2 * SecondsMax);
    }

    [Property(MaxTest = 60)]
    public void JobsHeldByAgents_AreAheadByNoMoreThanTheWindow(Script script, byte seed)
    {
        var random = new Random(seed);
        var (book, priorities) = Jobs(random, count: 2 + (seed % 5));

        var given = Serve(book, script.Steps.Concat(script.Steps).Concat(script.Steps), random, holds: true);

        var window = LocalityRule.WindowSeconds(new WorkWanted { Seconds = SecondsMax });
        AssertProportional(given, priorities, slack: window + (2 * SecondsMax));
    }

    [Property(MaxTest = 60)]
    public void JobThatHadNothingToGive_IsOwedNothingForThatTime(Script script, byte seed)
    {
        var random = new Random(seed);
        var (book, priorities) = Jobs(random, count: 3);
        var shard = new ShardId(new JobId(2), 0, 0);
        book.NoteStatus(Hints.Status(shard), Hints.Now);
        var before = Serve(book, Enumerable.Repeat(script.Steps, 5).SelectMany(s => s), random, holds: false);
        Assert.Equal(0, before[1]);

        book.NoteStatus(Hints.Status(shard, wanted: 60_000), Hints.Now);

        var given = Serve(book, script.Steps, random, holds: false);
        AssertProportional(given, priorities, slack: 3 * SecondsMax);
    }

    [Property(MaxTest = 60)]
    public void NewJob_StartsLevelWithTheOthers(Script script, byte seed)
    {
        var random = new Random(seed);
        var (book, priorities) = Jobs(random, count: 3);
        Serve(book, script.Steps, random, holds: false);

        book.Note(Hints.Job(4, priority: 100), Hints.Now);

        var given = Serve(book, script.Steps, random, holds: false, jobs: 4);
        AssertProportional(given, [.. priorities, 100], slack: 3 * SecondsMax);
    }

    [Fact]
    public void JobThatComesWhileAllRest_StartsWhereTheyStopped()
    {
        var shares = new FairShare();
        var first = shares.Join(new JobId(1), 100);
        shares.Wake(first);
        shares.Charge(first, 1000);
        shares.Rest(first);

        Assert.Equal(1000, shares.Join(new JobId(2), 100).Pass);
    }

    [Fact]
    public void JobThatMetNoCapableAgent_CannotShutOutOthersForLongAfterwards()
    {
        var shares = new FairShare();
        var (rare, common) = (shares.Join(new JobId(1), 100), shares.Join(new JobId(2), 100));
        shares.Wake(rare);
        shares.Wake(common);
        for (var i = 0; i < 10_000; i++)
        {
            shares.Charge(common, 3600);
        }

        shares.Forgive(rare, common);

        Assert.Equal(FairShare.LagMaxSeconds, common.Pass - rare.Pass);
    }

    private static (BrokerBook Book, int[] Priorities) Jobs(Random random, int count)
    {
        var book = new BrokerBook();
        var priorities = Enumerable.Range(0, count).Select(_ => random.Next(50, 400)).ToArray();
        for (var i = 0; i < count; i++)
        {
            book.Note(Hints.Job(i + 1, priority: priorities[i]), Hints.Now);
        }

        return (book, priorities);
    }

    /// <summary>
    /// Serves one request a step, some in part and some not at all; answers the seconds each job gave.
    /// </summary>
    private static double[] Serve(
        BrokerBook book, IEnumerable<uint> steps, Random random, bool holds, int? jobs = null)
    {
        var given = new double[jobs ?? book.Jobs.Count];
        foreach (var step in steps)
        {
            var wanted = new WorkWanted
            {
                Seconds = 1 + (step % SecondsMax),
                JobsHeld = holds ? [new JobId(1 + (step >> 8) % (uint)given.Length)] : [],
            };
            var peer = Hints.Peer((int)(step >> 16));
            var choice = book.Choose(Hints.Brief, wanted, peer, new BrokerSkips(), Hints.Now)!;
            var units = random.Next(4) == 0 ? random.Next(choice.UnitsMax) : choice.UnitsMax;
            book.Served(choice, units);
            given[choice.Job.Number - 1] += units * choice.Expected.TotalSeconds;
        }

        return given;
    }

    private static void AssertProportional(double[] given, int[] priorities, double slack)
    {
        // In seconds as at the default priority all are equal, but for one request of the lowest priority.
        var passes = given.Zip(priorities, (s, p) => s * FairShare.DefaultPriority / p).ToList();
        var bound = slack * FairShare.DefaultPriority / Math.Min(priorities.Min(), FairShare.DefaultPriority);
        var message = $"Passes {string.Join(", ", passes)} differ by more than {bound}.";
        Assert.True(passes.Max() - passes.Min() <= bound, message);
    }
}
