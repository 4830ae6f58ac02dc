using FsCheck.Xunit;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Search;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Search;

public sealed class SearchNodeTests
{
    private static readonly ProcessId A = new(1);
    private static readonly ProcessId B = new(2);
    private static readonly ProcessId C = new(3);
    private static readonly ProcessId Far = new(9);

    private readonly Output<SearchEvent> _output = new();
    private readonly SearchNode _a = Node(A, B);
    private readonly SearchNode _b = Node(B, A, C);
    private int _seed;

    [Fact]
    public void Query_IsHandledAndPassedOnOnce_AndNotBack()
    {
        var query = Ask();
        _b.Receive(A, query, default, _output);
        Assert.IsType<SearchEvent.QueryArrived>(Assert.Single(_output.Events));
        Assert.Equal(C, Assert.Single(_output.Messages).To);

        _output.Clear();
        _b.Receive(C, query, default, _output);
        Assert.True(_output.IsEmpty);
        Assert.Equal(1, _b.Duplicates);
    }

    [Fact]
    public void Answer_GoesBackTheWayTheQueryCame_OnceForEachAnswerer()
    {
        var query = AskFrom(_a);
        _b.Receive(A, query, default, _output);
        var id = ((SearchEvent.QueryArrived)_output.Events[0]).Id;
        var c = Node(C, B);
        var atC = new Output<SearchEvent>();
        c.Receive(B, _output.BytesOf(_output.Messages[0]), default, atC);
        atC.Clear();
        Assert.True(c.Answer(id, "here"u8, atC));
        Assert.False(c.Answer(id, "again"u8, atC));
        var answer = atC.BytesOf(Assert.Single(atC.Messages)).ToArray();

        _output.Clear();
        _b.Receive(C, answer, default, _output);
        _b.Receive(C, answer, default, _output);
        var back = Assert.Single(_output.Messages);
        Assert.Equal(A, back.To);
        var bytes = _output.BytesOf(back).ToArray();

        _output.Clear();
        _a.Receive(B, bytes, default, _output);
        var arrived = Assert.IsType<SearchEvent.AnswerArrived>(_output.Events[0]);
        Assert.Equal((id, C), (arrived.Id, arrived.Answerer));
        Assert.Equal("here"u8.ToArray(), arrived.Answer.ToArray());
        Assert.Equal(new SearchEvent.SearchEnded(id, 1), _output.Events[1]);
    }

    [Fact]
    public void Answer_WhoseWayBackIsGone_GoesToTheAsker()
    {
        var relayed = Relay(Ask());
        var c = Node(C, B);
        c.Receive(B, relayed, default, _output);
        var id = _output.Events.OfType<SearchEvent.QueryArrived>().Single().Id;
        c.SetNeighbours([Far]);
        _output.Clear();
        c.Answer(id, [], _output);
        Assert.Equal(A, Assert.Single(_output.Messages).To);
    }

    [Fact]
    public void Search_WidensUntilItEnds()
    {
        var id = _a.Search("x"u8, 1, default, _output);
        for (var ring = 1; ring < 3; ring++)
        {
            _output.Clear();
            _a.Tick(_a.Due, _output);
            var bytes = _output.BytesOf(Assert.Single(_output.Messages)).ToArray();
            Assert.Equal(ring, bytes[35]);
        }

        _output.Clear();
        _a.Tick(_a.Due, _output);
        Assert.Equal(new SearchEvent.SearchEnded(id!.Value, 0), Assert.Single(_output.Events));
        Assert.Empty(_output.Messages);
    }

    [Fact]
    public void WiderRing_IsPassedOnButNotHandledAgain()
    {
        _b.Receive(A, AskFrom(_a), default, _output);
        _output.Clear();
        _a.Tick(_a.Due, _output);
        var wider = _output.BytesOf(_output.Messages[0]).ToArray();
        _output.Clear();
        _b.Receive(A, wider, default, _output);
        Assert.Empty(_output.Events);
        Assert.Equal(C, Assert.Single(_output.Messages).To);
    }

    [Fact]
    public void TimeToLive_HasACapWhateverTheQuerySays()
    {
        var query = Ask();
        query[37] = 100;
        var onwards = Relay(query);
        Assert.Equal(2, onwards[36]);
        Assert.Equal(SearchOptions.TimeToLiveCap - 2, onwards[37]);

        query[37] = 0;
        var last = new Output<SearchEvent>();
        Node(B, A, C).Receive(A, query, default, last);
        Assert.Empty(last.Messages);
        Assert.Single(last.Events);
    }

    [Fact]
    public void Neighbour_ThatAsksTooMuch_IsHeldToItsLimit()
    {
        var options = SearchOptions.Default;
        var c = Node(C, A, B);
        for (var i = 0; i < 200; i++)
        {
            c.Receive(A, Ask(), default, _output);
        }

        Assert.Equal(200 - options.QueriesBurst, c.Refusals[RefusalReason.OverLimit]);
        Assert.Equal(options.QueriesBurst, c.Remembered);

        // Others are not held to it.
        _output.Clear();
        _output.Clear();
        _seed = 1_000;
        c.Receive(B, Ask(), default, _output);
        Assert.Single(_output.Events);
    }

    [Fact]
    public void FullMemory_RefusesRatherThanHandlesTwice()
    {
        var b = new SearchNode(B, SearchOptions.Default with { SeenMax = 1 }, new Random(1));
        b.SetNeighbours([A]);
        b.Receive(A, Ask(), default, _output);
        _output.Clear();
        var second = Ask();
        b.Receive(A, second, default, _output);
        Assert.True(_output.IsEmpty);
        Assert.Equal(1, b.Refusals[RefusalReason.OverLimit]);

        b.Receive(A, second, TimeSpan.FromSeconds(120), _output);
        Assert.Single(_output.Events);
    }

    [Fact]
    public void Stranger_IsRefused()
    {
        _b.Receive(Far, Ask(), default, _output);
        Assert.Equal(1, _b.Refusals[RefusalReason.NotEntitled]);
    }

    [Fact]
    public void OwnSearches_AreBounded()
    {
        var started = Enumerable.Range(0, 100).Count(_ => _a.Search([], 1, default, _output) is not null);
        Assert.Equal(SearchOptions.Default.OwnSearchesMax, started);
    }

    [Fact]
    public void Misuse_Throws()
    {
        var bad = SearchOptions.Default with { Rings = [4, 2], SeenMax = 0 };
        var thrown = Assert.Throws<ArgumentException>(() => new SearchNode(A, bad, new Random(1)));
        Assert.Contains("Rings", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("SeenMax", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _a.Search(new byte[1_025], 1, default, _output));
    }

    [Property(MaxTest = 500)]
    public void HostileBytes_AreRefusedAndCounted(byte[] bytes, ushort at, byte flip, bool answer)
    {
        var b = Node(B, A, C);
        b.Receive(A, bytes, default, _output);
        b.Receive(A, bytes.Prepend((byte)(answer ? 0x52 : 0x51)).ToArray(), default, _output);
        Assert.Equal(2, b.Refusals.Total);

        var mangled = Ask();
        mangled[at % mangled.Length] ^= flip;
        b.Receive(A, mangled, default, _output);
        var refused = b.Refusals.Total;
        b.Receive(A, mangled.AsSpan(0, at % mangled.Length), default, _output);
        Assert.Equal(refused + 1, b.Refusals.Total);
        Assert.InRange(b.Remembered, 0, 1);
    }

    private static SearchNode Node(ProcessId self, params ProcessId[] neighbours)
    {
        var node = new SearchNode(self, SearchOptions.Default, new Random((int)self.Value));
        node.SetNeighbours(neighbours);
        return node;
    }

    private byte[] Ask()
    {
        var asker = new SearchNode(A, SearchOptions.Default, new Random(++_seed));
        asker.SetNeighbours([B]);
        return AskFrom(asker);
    }

    private static byte[] AskFrom(SearchNode node)
    {
        var output = new Output<SearchEvent>();
        node.Search("what"u8, 1, default, output);
        return output.BytesOf(output.Messages[0]).ToArray();
    }

    private byte[] Relay(byte[] query)
    {
        var output = new Output<SearchEvent>();
        Node(B, A, C).Receive(A, query, default, output);
        return output.BytesOf(output.Messages[0]).ToArray();
    }
}
