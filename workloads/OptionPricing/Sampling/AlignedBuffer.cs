using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Room for vectors that begins where a cache line does, so that no vector lies across two of them.
/// </summary>
internal sealed class AlignedBuffer
{
    private const int LineBytes = 64;

    private readonly double[] _items;
    private readonly int _start;

    /// <summary>Room for <paramref name="count"/> doubles, all 0.</summary>
    public AlignedBuffer(int count)
    {
        // Pinned: what is aligned now stays so.
        _items = GC.AllocateArray<double>(count + (LineBytes / sizeof(double)), pinned: true);
        unsafe
        {
            var address = (nint)Unsafe.AsPointer(ref _items[0]);
            _start = (int)(-address & (LineBytes - 1)) / sizeof(double);
        }

        Count = count;
    }

    /// <summary>How many doubles there are.</summary>
    public int Count { get; }

    /// <summary>The first of them.</summary>
    public ref double First => ref _items[_start];

    /// <summary>All of them.</summary>
    public Span<double> Span => _items.AsSpan(_start, Count);
}
