using System.Numerics;
using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Blobs;

/// <summary>
/// The Merkle tree hash of RFC 6962, section 2.1, with SHA-256, built from left to right. It keeps one digest
/// for each level (the roots of the complete subtrees so far), so that any number of leaves costs the same
/// memory. One caller at a time.
/// </summary>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int LevelsMax = 63;

    // Roots of complete subtrees, largest first: one for each set bit of LeafCount.
    private readonly byte[] _subtrees = new byte[LevelsMax * Digest.SizeBytes];
    private readonly byte[] _node = new byte[1 + (2 * Digest.SizeBytes)];
    private byte[] _leaf = new byte[1 + BlobHasher.LeafSizeBytes];
    private int _depth;

    /// <summary>Leaves added so far.</summary>
    public long LeafCount { get; private set; }

    /// <summary>Adds the next leaf, of any length.</summary>
    public void AddLeaf(ReadOnlySpan<byte> leaf)
    {
        if (_leaf.Length <= leaf.Length)
        {
            _leaf = new byte[1 + leaf.Length];
        }

        _leaf[0] = LeafPrefix;
        leaf.CopyTo(_leaf.AsSpan(1));
        SHA256.HashData(
            _leaf.AsSpan(0, 1 + leaf.Length), _subtrees.AsSpan(_depth * Digest.SizeBytes, Digest.SizeBytes));
        _depth++;
        LeafCount++;

        // Every trailing zero bit of the count is a pair of subtrees of equal size that became one.
        for (var pairs = BitOperations.TrailingZeroCount(LeafCount); pairs > 0; pairs--)
        {
            JoinLastTwo(_subtrees);
        }
    }

    /// <summary>The root over the leaves added so far; more may follow.</summary>
    public Digest Root()
    {
        if (_depth == 0)
        {
            return Digest.Of([]);
        }

        Span<byte> right = stackalloc byte[Digest.SizeBytes];
        _subtrees.AsSpan((_depth - 1) * Digest.SizeBytes, Digest.SizeBytes).CopyTo(right);
        for (var level = _depth - 2; level >= 0; level--)
        {
            HashNode(_subtrees.AsSpan(level * Digest.SizeBytes, Digest.SizeBytes), right, right);
        }

        return Digest.FromBytes(right);
    }

    /// <summary>Forgets every leaf.</summary>
    public void Clear()
    {
        _depth = 0;
        LeafCount = 0;
    }

    private void JoinLastTwo(Span<byte> subtrees)
    {
        var left = subtrees.Slice((_depth - 2) * Digest.SizeBytes, Digest.SizeBytes);
        var right = subtrees.Slice((_depth - 1) * Digest.SizeBytes, Digest.SizeBytes);
        HashNode(left, right, left);
        _depth--;
    }

    private void HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        _node[0] = NodePrefix;
        left.CopyTo(_node.AsSpan(1));
        right.CopyTo(_node.AsSpan(1 + Digest.SizeBytes));
        SHA256.HashData(_node, destination);
    }
}
