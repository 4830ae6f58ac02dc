using System.Buffers;

namespace GridVolunteer.Protocol.Blobs;

/// <summary>
/// Names bytes: cuts them into leaves of 16 KiB and builds their <see cref="MerkleTree"/>. Takes the bytes in
/// pieces of any size and keeps at most one leaf. One caller at a time.
/// </summary>
public sealed class BlobHasher
{
    /// <summary>Bytes of a leaf; only the last one of a blob is shorter.</summary>
    public const int LeafSizeBytes = 16 * 1024;

    private const int ReadSizeBytes = 8 * LeafSizeBytes;

    private readonly MerkleTree _tree = new();
    private readonly byte[] _leaf = new byte[LeafSizeBytes];
    private int _filled;

    /// <summary>Bytes appended so far.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>The id of <paramref name="bytes"/>.</summary>
    public static BlobId Of(ReadOnlySpan<byte> bytes)
    {
        var hasher = new BlobHasher();
        hasher.Append(bytes);
        return hasher.Finish();
    }

    /// <summary>The id of what is left in <paramref name="stream"/>.</summary>
    public static async ValueTask<BlobId> OfStreamAsync(Stream stream, CancellationToken cancellationToken)
    {
        var hasher = new BlobHasher();
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSizeBytes);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hasher.Append(buffer.AsSpan(0, read));
            }

            return hasher.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The id of a file.</summary>
    public static async ValueTask<BlobId> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        return await OfStreamAsync(stream, cancellationToken);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        LengthBytes += bytes.Length;
        if (_filled > 0)
        {
            var taken = Math.Min(bytes.Length, LeafSizeBytes - _filled);
            bytes[..taken].CopyTo(_leaf.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled < LeafSizeBytes)
            {
                return;
            }

            _tree.AddLeaf(_leaf);
            _filled = 0;
        }

        for (; bytes.Length >= LeafSizeBytes; bytes = bytes[LeafSizeBytes..])
        {
            _tree.AddLeaf(bytes[..LeafSizeBytes]);
        }

        bytes.CopyTo(_leaf);
        _filled = bytes.Length;
    }

    /// <summary>The id of the bytes appended, and a fresh start for the next blob.</summary>
    public BlobId Finish()
    {
        if (_filled > 0)
        {
            _tree.AddLeaf(_leaf.AsSpan(0, _filled));
        }

        var id = new BlobId(_tree.Root(), LengthBytes);
        _tree.Clear();
        _filled = 0;
        LengthBytes = 0;
        return id;
    }
}
