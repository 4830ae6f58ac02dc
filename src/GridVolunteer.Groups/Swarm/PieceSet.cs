using System.Numerics;

namespace GridVolunteer.Groups.Swarm;

/// <summary>Some of a blob's pieces, a bit for each. One caller at a time.</summary>
public sealed class PieceSet
{
    private readonly byte[] _bits;

    /// <summary>None of so many pieces.</summary>
    public PieceSet(int pieceCount)
    {
        PieceCount = pieceCount;
        _bits = new byte[(pieceCount + 7) / 8];
    }

    /// <summary>How many pieces there could be.</summary>
    public int PieceCount { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>True when no piece is missing.</summary>
    public bool IsAll => Count == PieceCount;

    internal ReadOnlySpan<byte> Bits => _bits;

    /// <summary>All of so many pieces.</summary>
    public static PieceSet All(int pieceCount)
    {
        var all = new PieceSet(pieceCount);
        for (var piece = 0; piece < pieceCount; piece++)
        {
            all.Add(piece);
        }

        return all;
    }

    /// <summary>Whether a piece is among them.</summary>
    public bool Contains(int piece) => (_bits[piece >> 3] & (1 << (piece & 7))) != 0;

    /// <summary>Adds a piece; false when it was there.</summary>
    public bool Add(int piece)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)piece, (uint)PieceCount);
        if (Contains(piece))
        {
            return false;
        }

        _bits[piece >> 3] |= (byte)(1 << (piece & 7));
        Count++;
        return true;
    }

    /// <summary>The same pieces, apart from these.</summary>
    public PieceSet Copy() => Read(_bits, PieceCount)!;

    /// <summary>Reads the bits; null when they are not those of so many pieces.</summary>
    internal static PieceSet? Read(ReadOnlySpan<byte> bits, int pieceCount)
    {
        var set = new PieceSet(pieceCount);
        if (bits.Length != set._bits.Length
            || ((pieceCount & 7) != 0 && bits[^1] >> (pieceCount & 7) != 0))
        {
            return null;
        }

        bits.CopyTo(set._bits);
        foreach (var b in bits)
        {
            set.Count += BitOperations.PopCount(b);
        }

        return set;
    }
}
