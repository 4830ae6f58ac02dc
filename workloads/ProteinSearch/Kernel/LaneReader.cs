using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// Which sequence is in which lane, and their residues block by block: eight columns, each with the code of
/// one residue for every lane. Lanes without a sequence, and those whose sequence ends within the block, read
/// <see cref="Padding"/>.
/// </summary>
/// <param name="lanes">How many lanes.</param>
/// <param name="columnBytes">Bytes from one column to the next, at least <paramref name="lanes"/>.</param>
internal sealed unsafe class LaneReader(int lanes, int columnBytes)
{
    /// <summary>The code of no residue: its scores are so low that nothing is ever found in it.</summary>
    public const byte Padding = 31;

    /// <summary>Columns of a block, one byte each of a 64-bit number.</summary>
    public const int Columns = sizeof(ulong);

    private const int LanesAtOnce = 16;
    private const ulong AllPadding = 0x1f1f1f1f1f1f1f1f;

    private readonly Lane[] _lanes = new Lane[lanes];
    private readonly int[] _free = new int[lanes];
    private readonly int[] _taken = new int[lanes];
    private readonly int[] _ended = new int[lanes];
    private readonly AlignedBuffer _words = new(Math.Max(lanes, LanesAtOnce) * sizeof(ulong));
    private readonly AlignedBuffer _codes = new(Math.Max(Columns * columnBytes, Columns * LanesAtOnce));
    private int _takenCount;
    private int _endedCount;

    /// <summary>Lanes that hold a sequence.</summary>
    public ReadOnlySpan<int> Taken => _taken.AsSpan(0, _takenCount);

    /// <summary>Lanes whose sequence ended in the block that was read last.</summary>
    public ReadOnlySpan<int> Ended => _ended.AsSpan(0, _endedCount);

    /// <summary>The block that was read last, one column after the other.</summary>
    public byte* Codes => _codes.Start;

    /// <summary>What the sequence in a lane was admitted as.</summary>
    public int IdOf(int lane) => _lanes[lane].Id;

    /// <summary>Whether the sequence in a lane was read to its end.</summary>
    public bool IsAtEnd(int lane) => _lanes[lane].Position >= _lanes[lane].Residues.Length;

    /// <summary>Empties all lanes.</summary>
    public void Clear()
    {
        _takenCount = 0;
        _endedCount = 0;
        new Span<ulong>(_words.Start, _words.SizeBytes / sizeof(ulong)).Fill(AllPadding);
        for (var lane = 0; lane < lanes; lane++)
        {
            _free[lane] = lanes - 1 - lane;
            _lanes[lane].Residues = [];
        }
    }

    /// <summary>Puts a sequence into a free lane, which must be there; returns which.</summary>
    public int Admit(int id, byte[] residues)
    {
        var lane = _free[lanes - _takenCount - 1];
        _lanes[lane] = new Lane { Id = id, Residues = residues, Slot = _takenCount };
        _taken[_takenCount++] = lane;
        return lane;
    }

    /// <summary>Frees a lane.</summary>
    public void Release(int lane)
    {
        ref var released = ref _lanes[lane];
        var last = _taken[--_takenCount];
        _taken[released.Slot] = last;
        _lanes[last].Slot = released.Slot;
        _free[lanes - _takenCount - 1] = lane;
        released.Residues = [];
        ((ulong*)_words.Start)[lane] = AllPadding;
    }

    /// <summary>Reads the next block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read()
    {
        var words = (ulong*)_words.Start;
        _endedCount = 0;
        foreach (var lane in Taken)
        {
            ref var read = ref _lanes[lane];
            if (read.Position < read.Residues.Length - Columns)
            {
                ref var next = ref Unsafe.Add(
                    ref MemoryMarshal.GetArrayDataReference(read.Residues), read.Position);
                words[lane] = Unsafe.ReadUnaligned<ulong>(ref next);
            }
            else
            {
                words[lane] = LastWord(read.Residues.AsSpan(read.Position));
                _ended[_endedCount++] = lane;
            }

            read.Position += Columns;
        }

        for (var first = 0; first < lanes; first += LanesAtOnce)
        {
            Transpose(words + first, _codes.Start + first);
        }
    }

    private static ulong LastWord(ReadOnlySpan<byte> residues)
    {
        var word = AllPadding;
        for (var i = residues.Length - 1; i >= 0; i--)
        {
            word = (word << 8) | residues[i];
        }

        return word;
    }

    /// <summary>Turns sixteen lanes of eight bytes into eight columns of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Transpose(ulong* words, byte* codes)
    {
        for (var column = 0; column < Columns; column++)
        {
            var shift = column * 8;
            var low = Vector128.Narrow(Four(words, shift), Four(words + 4, shift));
            var high = Vector128.Narrow(Four(words + 8, shift), Four(words + 12, shift));
            Vector128.Narrow(low, high).Store(codes + (column * columnBytes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Four(ulong* words, int shift)
    {
        var code = Vector128.Create((ulong)byte.MaxValue);
        return Vector128.Narrow(
            (Vector128.Load(words) >> shift) & code, (Vector128.Load(words + 2) >> shift) & code);
    }
}
