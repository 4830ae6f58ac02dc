using FsCheck.Xunit;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Swarm;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Swarm;

public sealed class SwarmNodeTests
{
    private const int BlockSize = 10;

    private static readonly BlobName Blob = new("a blob"u8);
    private static readonly BlobShape Shape = new(6 * 4 * BlockSize, BlockSize, 4);
    private static readonly ProcessId A = new(1);
    private static readonly ProcessId B = new(2);

    private readonly Output<SwarmEvent> _output = new();

    [Fact]
    public void Blob_ComesFromAPeerBlockByBlock()
    {
        var (fetcher, seed) = Pair();
        var stored = Exchange(fetcher, seed);
        Assert.Equal(Shape.BlockCount, stored.OfType<SwarmEvent.BlockArrived>().Count());
        Assert.Equal(Shape.PieceCount, stored.OfType<SwarmEvent.PieceCompleted>().Count());
        Assert.IsType<SwarmEvent.BlobCompleted>(stored[^1]);
    }

    [Fact]
    public void WrongBytes_AreNotStored_AndTheirSenderIsNamedAndAskedNoMore()
    {
        var (fetcher, _) = Pair();
        var request = Requests(fetcher)[0];
        _output.Clear();
        fetcher.Receive(B, BlockOf(request, [1, 2, 3]), default, _output);
        Assert.Equal(new SwarmEvent.WrongBlock(Blob, B, request), Assert.Single(_output.Events));
        Assert.Empty(_output.Messages);

        fetcher.AddHolder(Blob, B, default, _output);
        Assert.Empty(_output.Messages);
    }

    [Fact]
    public void Block_ThatWasNotAskedFor_IsDropped()
    {
        var (fetcher, _) = Pair();
        var block = Enumerable.Range(0, Shape.BlockCount).Except(Requests(fetcher)).First();
        _output.Clear();
        fetcher.Receive(B, BlockOf(block, Bytes(block)), default, _output);
        fetcher.Receive(new ProcessId(9), BlockOf(block, Bytes(block)), default, _output);
        Assert.True(_output.IsEmpty);
        Assert.Equal(2, fetcher.Unrequested);
    }

    [Fact]
    public void Block_ThatComesLate_IsWelcome()
    {
        var (fetcher, _) = Pair();
        var request = Requests(fetcher)[0];
        var late = SwarmOptions.Default.Patience;
        fetcher.Tick(late, _output);
        _output.Clear();
        fetcher.Receive(B, BlockOf(request, Bytes(request)), late, _output);
        Assert.IsType<SwarmEvent.BlockArrived>(_output.Events[0]);
    }

    [Fact]
    public void Endgame_AsksTwoMoreAtMost_AndCancelsWhenTheBlockIsHere()
    {
        var shape = new BlobShape(BlockSize, BlockSize, 1);
        var fetcher = Node();
        fetcher.Fetch(Blob, shape, new PieceSet(1), share: true);
        for (var peer = 2; peer < 7; peer++)
        {
            fetcher.AddHolder(Blob, new ProcessId((UInt128)peer), default, _output);
            fetcher.Receive(new ProcessId((UInt128)peer), Holdings(shape), default, _output);
        }

        Assert.Equal(3, Sent(SwarmMessage.Request).Count());
        _output.Clear();
        fetcher.Receive(B, BlockOf(0, Bytes(0)), default, _output);
        Assert.Equal([new ProcessId(3), new ProcessId(4)], Sent(SwarmMessage.Cancel).Select(m => m.To));
        Assert.IsType<SwarmEvent.BlobCompleted>(_output.Events[^1]);
    }

    [Fact]
    public void FirstPieces_AreDrawn_AndThenTheRarestCome()
    {
        var fetcher = Node();
        var here = new PieceSet(Shape.PieceCount);
        for (var piece = 0; piece < 4; piece++)
        {
            here.Add(piece);
        }

        fetcher.Fetch(Blob, Shape, here, share: true);
        var common = new PieceSet(Shape.PieceCount);
        common.Add(4);
        foreach (var peer in new[] { 3, 4 })
        {
            fetcher.AddHolder(Blob, new ProcessId((UInt128)peer), default, _output);
            fetcher.Receive(new ProcessId((UInt128)peer), Holdings(Shape, common), default, _output);
        }

        // Both have piece 4 and are asked for it; the third holds 5 alone, and is asked for that.
        _output.Clear();
        fetcher.AddHolder(Blob, B, default, _output);
        fetcher.Receive(B, Holdings(Shape), default, _output);
        Assert.Equal(Shape.FirstBlock(5), BlockIn(Sent(SwarmMessage.Request).First()));
    }

    [Fact]
    public void Refusal_IsANormalAnswer_AndBusyIsAskedAgain()
    {
        var (fetcher, _) = Pair();
        _output.Clear();
        var busy = Node();
        busy.Share(Blob, Shape, PieceSet.All(Shape.PieceCount));
        busy.Refuse(Blob, A, RefuseReason.Busy, _output);
        var refusal = _output.BytesOf(_output.Messages[0]).ToArray();
        _output.Clear();
        fetcher.Receive(B, refusal, default, _output);
        Assert.Equal(new SwarmEvent.Refused(Blob, B, RefuseReason.Busy), Assert.Single(_output.Events));
        Assert.Empty(Sent(SwarmMessage.Request));

        fetcher.Tick(TimeSpan.FromSeconds(4), _output);
        Assert.NotEmpty(Sent(SwarmMessage.Request));
    }

    [Fact]
    public void Volunteer_MayDeclineToShare()
    {
        var seed = Node();
        seed.Share(Blob, Shape, PieceSet.All(Shape.PieceCount));
        seed.SetShared(Blob, isShared: false);
        seed.Receive(A, AskFor(), default, _output);
        Assert.Single(Sent(SwarmMessage.Refuse));
        Assert.Empty(Sent(SwarmMessage.Holdings));
    }

    [Fact]
    public void Uploads_KeepToSlotsAndRate()
    {
        var seed = Node();
        var shape = new BlobShape(100 * 60_000L, 60_000, 10);
        seed.Share(Blob, shape, PieceSet.All(shape.PieceCount));
        seed.Allow(new UploadAllowance(2, 60_000), default, _output);
        for (var peer = 10; peer < 13; peer++)
        {
            for (var block = 0; block < 5; block++)
            {
                seed.Receive(new ProcessId((UInt128)peer), RequestFor(block), default, _output);
            }
        }

        Assert.Equal(2, seed.SlotsTaken);
        Assert.All(Sent(SwarmMessage.Refuse), m => Assert.Equal(new ProcessId(12), m.To));
        Assert.Empty(_output.Events);
        for (var second = 1; second <= 4; second++)
        {
            seed.Tick(TimeSpan.FromSeconds(second), _output);
        }

        var wanted = _output.Events.OfType<SwarmEvent.BlockWanted>().ToArray();
        Assert.Equal(4, wanted.Length);
        Assert.Equal(2, wanted.Select(w => w.Peer).Distinct().Count());

        // With nothing to spare, everybody is told.
        _output.Clear();
        seed.Allow(default, TimeSpan.FromSeconds(5), _output);
        Assert.Equal(2, Sent(SwarmMessage.Refuse).Count());
        Assert.Equal(0, seed.SlotsTaken);
    }

    /// <summary>A peer whose turn it is waits for its large block though another's small one could be
    /// sent; until then nothing is due.</summary>
    [Fact]
    public void Uploads_AreNotDueBeforeTheNextInTurnCanBeServed()
    {
        var seed = Node();
        var shape = new BlobShape(60_001, 60_000, 1);
        seed.Share(Blob, shape, PieceSet.All(2));
        seed.Allow(new UploadAllowance(2, 60_000), default, _output);
        seed.Receive(A, RequestFor(0), default, _output);
        seed.Receive(B, RequestFor(1), default, _output);
        var now = TimeSpan.FromMilliseconds(500);
        seed.Tick(now, _output);
        Assert.Empty(_output.Events);
        Assert.InRange(seed.Due, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.001));
        seed.Tick(seed.Due, _output);
        Assert.Equal(new SwarmEvent.BlockWanted(Blob, A, 0), _output.Events[0]);
    }

    [Fact]
    public void Misuse_Throws()
    {
        var bad = SwarmOptions.Default with { RequestsPerPeer = 0, BlobsMax = 0 };
        var thrown = Assert.Throws<ArgumentException>(() => new SwarmNode(bad, Check, new Random(1)));
        Assert.Contains("RequestsPerPeer", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("BlobsMax", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlobName([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlobName(new byte[65]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlobShape(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlobShape(long.MaxValue));
    }

    /// <summary>However a blob is cut, its blocks cover it without gap or overlap.</summary>
    [Property]
    public void Shape_CoversTheBlob(ushort length, byte blockSize, byte blocks)
    {
        var shape = new BlobShape(length + 1, blockSize + 1, blocks + 1);
        long at = 0;
        for (var piece = 0; piece < shape.PieceCount; piece++)
        {
            for (var i = 0; i < shape.BlocksOf(piece); i++)
            {
                var block = shape.FirstBlock(piece) + i;
                Assert.Equal(piece, shape.PieceOf(block));
                Assert.Equal(at, shape.OffsetOf(block));
                at += shape.SizeOf(block);
            }
        }

        Assert.Equal(length + 1, at);
    }

    [Property(MaxTest = 500)]
    public void HostileBytes_AreRefusedAndCounted(byte[] bytes, ushort at, byte flip, byte kind)
    {
        var (fetcher, _) = Pair();
        fetcher.Receive(B, bytes, default, _output);
        Assert.Equal(1, fetcher.Refusals.Total);
        fetcher.Receive(B, bytes.Prepend((byte)(0x61 + (kind % 7))).ToArray(), default, _output);
        foreach (var message in new[] { AskFor(), RequestFor(3), BlockOf(3, Bytes(3)), Holdings(Shape) })
        {
            message[at % message.Length] ^= flip;
            fetcher.Receive(B, message, default, _output);
            var refused = fetcher.Refusals.Total;
            fetcher.Receive(B, message.AsSpan(0, at % message.Length), default, _output);
            Assert.Equal(refused + 1, fetcher.Refusals.Total);
        }

        // Whatever came, only true blocks were handed up.
        Assert.All(
            _output.Events.OfType<SwarmEvent.BlockArrived>(),
            b => Assert.Equal(Bytes(b.Block), b.Data.ToArray()));
    }

    private static SwarmNode Node() => new(SwarmOptions.Default, Check, new Random(1));

    private static byte[] Bytes(int block) =>
        [.. Enumerable.Range(0, BlockSize).Select(i => (byte)(block + i))];

    private static bool Check(BlobName blob, int block, ReadOnlySpan<byte> data, ReadOnlySpan<byte> proof) =>
        data.SequenceEqual(Bytes(block));

    private static byte[] Message(SwarmMessage kind, Action<WireWriter> body)
    {
        var writer = new WireWriter();
        var mark = writer.BeginMessage((byte)kind, 1);
        writer.WriteBytes(Blob.Bytes);
        body(writer);
        writer.End(mark);
        return writer.Written.ToArray();
    }

    private static byte[] AskFor() => Message(SwarmMessage.Ask, _ => { });

    private static byte[] RequestFor(int block) => Message(SwarmMessage.Request, w => w.WriteCount(block));

    private static byte[] BlockOf(int block, byte[] data) => Message(SwarmMessage.Block, w =>
    {
        w.WriteCount(block);
        w.WriteBytes([]);
        w.WriteBytes(data);
    });

    private static byte[] Holdings(BlobShape shape, PieceSet? pieces = null) => Message(
        SwarmMessage.Holdings, w => w.WriteBytes((pieces ?? PieceSet.All(shape.PieceCount)).Bits));

    private (SwarmNode Fetcher, SwarmNode Seed) Pair()
    {
        var fetcher = Node();
        var seed = Node();
        seed.Share(Blob, Shape, PieceSet.All(Shape.PieceCount));
        fetcher.Fetch(Blob, Shape, new PieceSet(Shape.PieceCount), share: true);
        fetcher.AddHolder(Blob, B, default, _output);
        _output.Clear();
        fetcher.Receive(B, Holdings(Shape), default, _output);
        return (fetcher, seed);
    }

    private int[] Requests(SwarmNode fetcher) =>
        [.. Enumerable.Range(0, Shape.BlockCount).Where(b => fetcher.OpenRequests(Blob, b) > 0)];

    private IEnumerable<OutgoingMessage> Sent(SwarmMessage kind) =>
        _output.Messages.Where(m => _output.BytesOf(m)[0] == (byte)kind).ToArray();

    private int BlockIn(OutgoingMessage message) => _output.BytesOf(message)[^1];

    /// <summary>Carries messages to and fro until nobody says anything.</summary>
    private List<SwarmEvent> Exchange(SwarmNode fetcher, SwarmNode seed)
    {
        var happened = new List<SwarmEvent>();
        var fromSeed = new Output<SwarmEvent>();
        var now = TimeSpan.Zero;
        while (_output.Messages.Count > 0)
        {
            // What may be sent trickles in from nothing.
            now += TimeSpan.FromMilliseconds(100);
            fromSeed.Clear();
            foreach (var message in _output.Messages)
            {
                seed.Receive(A, _output.BytesOf(message), now, fromSeed);
            }

            foreach (var wanted in fromSeed.Events.OfType<SwarmEvent.BlockWanted>().ToArray())
            {
                seed.Supply(wanted, Bytes(wanted.Block), [], fromSeed);
            }

            _output.Clear();
            foreach (var message in fromSeed.Messages)
            {
                fetcher.Receive(B, fromSeed.BytesOf(message), now, _output);
            }

            happened.AddRange(_output.Events);
        }

        return happened;
    }

    private enum SwarmMessage : byte
    {
        Ask = 0x61,
        Holdings = 0x62,
        Request = 0x64,
        Block = 0x65,
        Cancel = 0x66,
        Refuse = 0x67,
    }
}
