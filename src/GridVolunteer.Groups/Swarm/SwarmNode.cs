using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// Fetches blobs from whoever holds pieces of them and shares what is here, each piece as soon as it is
/// complete (Cohen, "Incentives build robustness in BitTorrent", 2003, without its bargaining: volunteers
/// need no incentive). <para> Invariants: bytes that fail the host's check are never handed up, and their
/// sender, and nobody else, is named; a refusal is a normal answer; a download completes once each piece has
/// an honest and willing holder that can be reached, whatever others do. All memory is bounded by the options
/// and the shapes of blobs. </para> The name and shape of a blob come from the host, and so does who may hold
/// it (an index, or a search).
/// </summary>
public sealed partial class SwarmNode : IProtocol<SwarmEvent>
{
    private const byte Version = 1;

    private readonly SwarmOptions _options;
    private readonly BlockCheck _check;
    private readonly Random _random;
    private readonly Uploads _uploads;
    private readonly WireWriter _writer = new();
    private readonly Dictionary<BlobName, HeldBlob> _blobs = [];
    private readonly List<BlobName> _downloads = [];
    private TimeSpan _now;

    /// <summary>A process that has nothing.</summary>
    /// <param name="options">How it fetches and shares.</param>
    /// <param name="check">Tells whether bytes are what was asked for.</param>
    /// <param name="random">Draws pieces, and when to ask again.</param>
    /// <exception cref="ArgumentException">The options have faults; all are named.</exception>
    public SwarmNode(SwarmOptions options, BlockCheck check, Random random)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _check = check;
        _random = random;
        _uploads = new Uploads(options);
        _uploads.Allow(UploadAllowance.Default, TimeSpan.Zero);
    }

    /// <summary>Messages refused so far.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>Blocks that came though they were not, or no longer, asked for: dropped unseen.</summary>
    public long Unrequested { get; private set; }

    /// <summary>Peers that are served at the moment.</summary>
    public int SlotsTaken => _uploads.SlotsTaken;

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            var due = _uploads.Due(_now);
            foreach (var blob in _downloads)
            {
                due = DueOf(_blobs[blob].Download!, due);
            }

            return due;
        }
    }

    /// <summary>
    /// Shares a blob, or pieces of it, that are here; false when there are too many blobs, or it is here
    /// already.
    /// </summary>
    public bool Share(BlobName blob, BlobShape shape, PieceSet pieces) =>
        _blobs.Count < _options.BlobsMax
        && _blobs.TryAdd(blob, new HeldBlob(shape, pieces.Copy(), isShared: true));

    /// <summary>
    /// Fetches a blob of which <paramref name="here"/> is here already; false when there are too many blobs,
    /// or it is here or under way. What comes is shared at once if <paramref name="share"/> says so.
    /// </summary>
    public bool Fetch(BlobName blob, BlobShape shape, PieceSet here, bool share)
    {
        var held = new HeldBlob(shape, here.Copy(), share);
        if (here.IsAll || _blobs.Count >= _options.BlobsMax || !_blobs.TryAdd(blob, held))
        {
            return false;
        }

        held.Download = new Download(shape, held.Pieces, _options, _random);
        _downloads.Add(blob);
        return true;
    }

    /// <summary>
    /// Says that a peer may hold a blob that is fetched; it is asked what of it. One that sent wrong bytes of
    /// it is not asked again, and beyond the bound nobody is.
    /// </summary>
    public void AddHolder(BlobName blob, ProcessId peer, TimeSpan now, Output<SwarmEvent> output)
    {
        if (_blobs.GetValueOrDefault(blob)?.Download?.TryAdd(peer, isFromHost: true) is { } holder)
        {
            Ask(blob, holder, At(now), output);
        }
    }

    /// <summary>A peer is gone: nothing is expected of it, or owed to it, any more.</summary>
    public void RemovePeer(ProcessId peer, TimeSpan now, Output<SwarmEvent> output)
    {
        _uploads.Drop(peer, blob: null);
        foreach (var (blob, held) in _blobs)
        {
            held.Listeners.Remove(peer);
            if (held.Download is { } download && download.Holders.TryGetValue(peer, out var holder))
            {
                download.Remove(holder);
                Fill(blob, download, At(now), output);
            }
        }
    }

    /// <summary>
    /// Neither fetches nor shares a blob any more. Those who wait for it are told.
    /// </summary>
    public void Forget(BlobName blob, RefuseReason reason, Output<SwarmEvent> output)
    {
        if (!_blobs.Remove(blob, out var held))
        {
            return;
        }

        _downloads.Remove(blob);
        foreach (var listener in held.Listeners)
        {
            Refuse(blob, listener, reason, output);
        }
    }

    /// <summary>Begins or ends sharing a blob; a volunteer may decline to share what it holds.</summary>
    public void SetShared(BlobName blob, bool isShared)
    {
        if (_blobs.GetValueOrDefault(blob) is { } held)
        {
            held.IsShared = isShared;
        }
    }

    /// <summary>Changes what the machine can spare for others.</summary>
    public void Allow(UploadAllowance allowance, TimeSpan now, Output<SwarmEvent> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)allowance.Slots, 64u);
        ArgumentOutOfRangeException.ThrowIfNegative(allowance.BytesPerSecond);
        _uploads.Allow(allowance, At(now));
        Serve(At(now), output);
    }

    /// <summary>Sends a block that was wanted (<see cref="SwarmEvent.BlockWanted"/>).</summary>
    /// <exception cref="ArgumentException">The bytes or the proof are too long.</exception>
    public void Supply(
        SwarmEvent.BlockWanted wanted,
        ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> proof,
        Output<SwarmEvent> output)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, BlobShape.BlockSizeBytesMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(proof.Length, SwarmOptions.ProofSizeBytesMax);
        var mark = Begin(SwarmKind.Block, wanted.Blob);
        _writer.WriteCount(wanted.Block);
        _writer.WriteBytes(proof);
        _writer.WriteBytes(data);
        Send(mark, wanted.Peer, output);
    }

    /// <summary>Tells a peer that it gets no block of a blob now; its requests are void.</summary>
    public void Refuse(BlobName blob, ProcessId peer, RefuseReason reason, Output<SwarmEvent> output)
    {
        _uploads.Drop(peer, blob);
        var mark = Begin(SwarmKind.Refuse, blob);
        _writer.WriteByte((byte)reason);

        // Drawn, so that those who were turned away together do not come back together.
        _writer.WriteDuration(TimeSpan.FromSeconds(1 + (2 * _random.NextDouble())));
        Send(mark, peer, output);
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<SwarmEvent> output)
    {
        now = At(now);
        foreach (var blob in _downloads.ToArray())
        {
            Look(blob, _blobs[blob].Download!, now, output);
        }

        Serve(now, output);
    }

    /// <summary>Requests that are open for a block; for those who check the bound.</summary>
    internal int OpenRequests(BlobName blob, int block) =>
        _blobs.GetValueOrDefault(blob)?.Download?.OpenRequests(block) ?? 0;

    private TimeSpan At(TimeSpan now) => _now = now > _now ? now : _now;

    private int Begin(SwarmKind kind, BlobName blob)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)kind, Version);
        _writer.WriteBytes(blob.Bytes);
        return mark;
    }

    private void Send(int mark, ProcessId to, Output<SwarmEvent> output)
    {
        _writer.End(mark);
        output.Send(to, Carrier.Stream, _writer.Written);
    }

    private void Serve(TimeSpan now, Output<SwarmEvent> output)
    {
        foreach (var (peer, blobs) in _uploads.Evict(now))
        {
            foreach (var blob in blobs)
            {
                Refuse(blob, peer, RefuseReason.Busy, output);
            }
        }

        while (_uploads.TryNext(now, out var peer, out var blob, out var block))
        {
            output.Emit(new SwarmEvent.BlockWanted(blob, peer, block));
        }
    }
}
