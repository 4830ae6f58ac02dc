using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Brokering;

public sealed class ShareOfRestTests
{
    private static readonly WorkWanted Wanted = new() { Seconds = 1e6 };

    private readonly BrokerBook _book = new();

    [Theory]
    [InlineData(80, 1, 4, 10)]
    [InlineData(80, 2, 4, 20)]
    [InlineData(3, 1, 4, 1)]
    [InlineData(0, 1, 4, 1)]
    [InlineData(80, 1, 1, int.MaxValue)]
    [InlineData(1_000_000_000_000, 1, 2, int.MaxValue)]
    public void Share_IsHalfOfAnEqualOneAndAtLeastOne(long rest, int threads, long ofAll, int expected) =>
        Assert.Equal(expected, ShareOfRest.Of(rest, threads, ofAll));

    [Fact]
    public void SmallJob_IsSpreadOverAllWhoAsk()
    {
        for (var peer = 1; peer <= 4; peer++)
        {
            Ask(peer, Hints.Now);
        }

        _book.Note(Hints.Job(1), Hints.Now);
        _book.NoteStatus(Hints.Status(new ShardId(new JobId(1), 0, 0), wanted: 80), Hints.Now);

        Assert.Equal(10, Ask(1, Hints.Now)!.UnitsMax);
    }

    [Fact]
    public void WhoeverAsksAlone_MayTakeAll()
    {
        _book.Note(Hints.Job(1), Hints.Now);

        Assert.Equal(Wanted.UnitsMax, Ask(1, Hints.Now)!.UnitsMax);
    }

    [Fact]
    public void WhoHasNotAskedForLong_IsNotCounted()
    {
        Ask(1, Hints.Now);
        Ask(2, Hints.Now);
        _book.Note(Hints.Job(1), Hints.Now);
        _book.NoteStatus(Hints.Status(new ShardId(new JobId(1), 0, 0), wanted: 80), Hints.Now);
        Assert.Equal(20, Ask(1, Hints.Now)!.UnitsMax);

        // Two spans later only who asked since counts.
        Ask(1, Hints.Now + TimeSpan.FromSeconds(60));
        Ask(1, Hints.Now + TimeSpan.FromSeconds(120));

        Assert.Equal(Wanted.UnitsMax, Ask(1, Hints.Now + TimeSpan.FromSeconds(180))!.UnitsMax);
    }

    private Choice? Ask(int peer, DateTimeOffset now) =>
        _book.Choose(Hints.Brief, Wanted, Hints.Peer(peer), new BrokerSkips(), now);
}
