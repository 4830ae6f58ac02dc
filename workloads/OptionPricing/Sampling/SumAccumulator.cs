using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Adds sampled values and their products up exactly. Values of usual size are rounded to units and added
/// as 64-bit integers, a lane each: adding 1.5 · 2^52 to a double rounds it to a whole number, ties to even,
/// which then stands in its low bits. A vector with a lane beyond that goes lane by lane through
/// <see cref="UnitRounding"/>, which rounds the same, so the way taken does not show in the sums.
/// </summary>
internal sealed class SumAccumulator<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    /// <summary>Vectors between flushes: 2^50 units each leave 64-bit sums room for 2^13 of them.</summary>
    public const int VectorsMax = 1024;

    private const double RoundingShift = 6755399441055744.0;

    /// <summary>Values below 2^5 times their scale: they and their products are below 2^50 units.</summary>
    private const int HeadroomBits = 5;

    /// <summary>As many samples as there may ever be, of this size, stay within 128 bits.</summary>
    private static readonly BigInteger SafeUnits = BigInteger.One << 62;

    private readonly int _values;
    private readonly bool _control;
    private readonly double[] _limits;
    private readonly double[] _perUnit;
    private readonly int[] _unitExponents;
    private readonly AlignedBuffer _lanes;
    private readonly Int128[] _sums;
    private readonly BigInteger[] _beyond;
    private int _pending;

    public SumAccumulator(SampleUnits units, bool control)
    {
        _control = control;
        _values = 2 + (2 * units.Assets);
        _limits = [.. Enumerable.Range(0, _values)
            .Select(i => Math.ScaleB(1, ScaleOf(units, i) + HeadroomBits))];
        var count = SumLayout.Count(units.Assets);
        _unitExponents = new int[count];
        SetUnits(units);
        _perUnit = [.. _unitExponents.Select(exponent => Math.ScaleB(1, -exponent))];
        _lanes = new AlignedBuffer(count * TLanes.Count);
        _sums = new Int128[count];
        _beyond = new BigInteger[count];
    }

    /// <summary>Adds what <see cref="PathKernel{TLanes, TReal, TBits}.Finish"/> wrote.</summary>
    /// <exception cref="Sdk.WorkloadException">A value is no finite number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ref readonly double values)
    {
        var usual = TLanes.Word(ulong.MaxValue);
        for (var i = 0; i < _values; i++)
        {
            if (i == 1 && !_control)
            {
                continue;
            }

            var value = Take(in values, i);
            var size = TLanes.FromBits(TLanes.AndNot(TLanes.Bits(value), TLanes.Word(1UL << 63)));
            usual = TLanes.And(usual, TLanes.Less(size, TLanes.Real(_limits[i])));
        }

        if (!TLanes.IsZero(TLanes.Xor(usual, TLanes.Word(ulong.MaxValue))))
        {
            AddBeyond(in values);
            return;
        }

        var payoff = Take(in values, 0);
        var control = Take(in values, 1);
        AddTo(SumLayout.Payoff, payoff);
        AddTo(SumLayout.PayoffSquared, TLanes.Multiply(payoff, payoff));
        if (_control)
        {
            AddTo(SumLayout.Control, control);
            AddTo(SumLayout.ControlSquared, TLanes.Multiply(control, control));
            AddTo(SumLayout.PayoffControl, TLanes.Multiply(payoff, control));
        }

        for (var i = 2; i < _values; i++)
        {
            var place = GreekPlace(i);
            var greek = Take(in values, i);
            AddTo(place + SumLayout.Greek, greek);
            AddTo(place + SumLayout.GreekSquared, TLanes.Multiply(greek, greek));
            if (_control)
            {
                AddTo(place + SumLayout.GreekControl, TLanes.Multiply(greek, control));
            }
        }

        _pending++;
        if (_pending == VectorsMax)
        {
            Flush();
        }
    }

    /// <summary>Hands everything added since the last time to <paramref name="sums"/>.</summary>
    public void MoveTo(SampleSums sums)
    {
        Flush();
        for (var i = 0; i < _sums.Length; i++)
        {
            sums.AddUnits(i, (BigInteger)_sums[i] + _beyond[i]);
        }

        Clear();
    }

    /// <summary>Forgets everything added since the last time.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_beyond);
        _lanes.Span.Clear();
        _pending = 0;
    }

    private static int GreekPlace(int value) =>
        SumLayout.Delta((value - 2) / 2) + (value % 2 * (SumLayout.Vega(0) - SumLayout.Delta(0)));

    private static int ScaleOf(SampleUnits units, int value) => value < 2
        ? units.PayoffScale
        : units.Scale(value % 2 == 0 ? Quantity.Delta : Quantity.Vega, (value - 2) / 2);

    private static TReal Take(ref readonly double values, int place) =>
        TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in values), place * TLanes.Count));

    private void SetUnits(SampleUnits units)
    {
        var payoff = units.PayoffScale;
        _unitExponents[SumLayout.Payoff] = _unitExponents[SumLayout.Control] = payoff;
        _unitExponents[SumLayout.PayoffSquared] = 2 * payoff;
        _unitExponents[SumLayout.ControlSquared] = _unitExponents[SumLayout.PayoffControl] = 2 * payoff;
        for (var i = 2; i < _values; i++)
        {
            var scale = ScaleOf(units, i);
            _unitExponents[GreekPlace(i) + SumLayout.Greek] = scale;
            _unitExponents[GreekPlace(i) + SumLayout.GreekSquared] = 2 * scale;
            _unitExponents[GreekPlace(i) + SumLayout.GreekControl] = scale + payoff;
        }

        for (var i = 0; i < _unitExponents.Length; i++)
        {
            _unitExponents[i] -= SampleUnits.Resolution;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddTo(int place, TReal value)
    {
        var rounded = TLanes.Fma(value, TLanes.Real(_perUnit[place]), TLanes.Real(RoundingShift));
        ref var lanes = ref Unsafe.As<double, ulong>(ref Unsafe.Add(ref _lanes.First, place * TLanes.Count));
        TLanes.Store(TLanes.Add(TLanes.Load(in lanes), TLanes.Bits(rounded)), ref lanes);
    }

    // Each vector added the bits of 1.5 · 2^52 along with its whole number; they are taken out here.
    private void Flush()
    {
        var shifts = unchecked((ulong)_pending * BitConverter.DoubleToUInt64Bits(RoundingShift));
        var lanes = MemoryMarshal.Cast<double, ulong>(_lanes.Span);
        for (var i = 0; i < lanes.Length; i++)
        {
            var place = i / TLanes.Count;
            if (_control || !SumLayout.UsesControl(place))
            {
                _sums[place] += unchecked((long)(lanes[i] - shifts));
            }
        }

        lanes.Clear();
        _pending = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddBeyond(ref readonly double values)
    {
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            ref var first = ref Unsafe.Add(ref Unsafe.AsRef(in values), lane);
            var payoff = first;
            var control = Unsafe.Add(ref first, TLanes.Count);
            AddBeyond(SumLayout.Payoff, payoff);
            AddBeyond(SumLayout.PayoffSquared, payoff * payoff);
            if (_control)
            {
                AddBeyond(SumLayout.Control, control);
                AddBeyond(SumLayout.ControlSquared, control * control);
                AddBeyond(SumLayout.PayoffControl, payoff * control);
            }

            for (var i = 2; i < _values; i++)
            {
                var place = GreekPlace(i);
                var greek = Unsafe.Add(ref first, i * TLanes.Count);
                AddBeyond(place + SumLayout.Greek, greek);
                AddBeyond(place + SumLayout.GreekSquared, greek * greek);
                if (_control)
                {
                    AddBeyond(place + SumLayout.GreekControl, greek * control);
                }
            }
        }
    }

    private void AddBeyond(int place, double value)
    {
        var units = UnitRounding.Round(value, _unitExponents[place]);
        if (BigInteger.Abs(units) < SafeUnits)
        {
            _sums[place] += (Int128)units;
        }
        else
        {
            _beyond[place] += units;
        }
    }
}
