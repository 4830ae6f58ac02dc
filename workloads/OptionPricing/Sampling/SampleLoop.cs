using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Draws samples at one vector width: normals into a buffer that stays in the first-level cache, paths from
/// them a lane each, sums of what the paths pay.
/// </summary>
internal sealed class SampleLoop<TLanes, TReal, TBits> : ISampleLoop
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    /// <summary>Draws made at a time: 8 KiB of normals at the greatest width.</summary>
    private const int DrawsMax = 64;

    /// <summary>Steps of a lane between two looks at the token: milliseconds, without vectors too.</summary>
    private const long StepsPerLook = 1 << 14;

    private readonly PathKernel<TLanes, TReal, TBits> _path;
    private readonly PathKernel<TLanes, TReal, TBits>? _mirror;
    private readonly SumAccumulator<TLanes, TReal, TBits> _sums;
    private readonly PhiloxKey _key;
    private readonly uint _stream;
    private readonly int _steps;
    private readonly int _samplesPerDraw;
    private readonly AlignedBuffer _normals = new(2 * DrawsMax * TLanes.Count);
    private readonly AlignedBuffer _values;
    private readonly AlignedBuffer _mirrorValues;

    public SampleLoop(
        Contract contract, int stream, SamplingOptions options, ControlKind control, SampleUnits units)
    {
        var hasControl = control != ControlKind.None;
        _path = Kernel(contract, 1, hasControl);
        _mirror = options.Antithetic ? Kernel(contract, -1, hasControl) : null;
        _sums = new SumAccumulator<TLanes, TReal, TBits>(units, hasControl);
        _key = PhiloxKey.FromSeed(options.Seed);
        _stream = (uint)stream;
        _steps = contract.Kind == ContractKind.Basket ? contract.Assets.Count : contract.Fixings;

        // A draw makes two normals; where a sample needs but one, two samples share a draw.
        _samplesPerDraw = _steps == 1 ? 2 : 1;
        var values = (2 + (2 * contract.Assets.Count)) * TLanes.Count;
        _values = new AlignedBuffer(values);
        _mirrorValues = new AlignedBuffer(values);
    }

    private long SamplesPerRow => TLanes.Count * _samplesPerDraw * (_samplesPerDraw > 1 ? DrawsMax : 1);

    public void Sample(
        long first, long count, SampleSums into, Action<long>? progress, CancellationToken cancellationToken)
    {
        if (count == 0)
        {
            return;
        }

        var end = first + count;
        var samplesPerLook = Math.Max(SamplesPerRow, StepsPerLook * TLanes.Count / _steps);
        samplesPerLook -= samplesPerLook % SamplesPerRow;
        var place = first - (first % _samplesPerDraw);
        _sums.Clear();
        while (place < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lookEnd = end - place > samplesPerLook ? place + samplesPerLook : end;
            while (place < lookEnd)
            {
                SampleRow(place, first, lookEnd);
                place += Math.Min(SamplesPerRow, lookEnd - place);
            }

            progress?.Invoke(place - first);
        }

        _sums.MoveTo(into);
        into.AddSamples(count);
    }

    private static PathKernel<TLanes, TReal, TBits> Kernel(Contract contract, double sign, bool control) =>
        contract.Kind switch
        {
            ContractKind.European => new EuropeanKernel<TLanes, TReal, TBits>(contract, sign),
            ContractKind.ArithmeticAsian => new ArithmeticAsianKernel<TLanes, TReal, TBits>(contract, sign),
            ContractKind.GeometricAsian => new GeometricAsianKernel<TLanes, TReal, TBits>(contract, sign),
            ContractKind.Barrier => new BarrierKernel<TLanes, TReal, TBits>(contract, sign),
            _ => new BasketKernel<TLanes, TReal, TBits>(contract, sign, control),
        };

    // The samples from place on that share a filling of the buffer, or, where one sample takes many, a vector
    // of them. Those outside first to end - 1 do not count.
    private void SampleRow(long place, long first, long end)
    {
        var sequences = TLanes.Add(TLanes.Word((ulong)(place / _samplesPerDraw)), TLanes.LaneNumbers());
        if (_samplesPerDraw > 1)
        {
            ShareDraws(sequences, place, first, end);
            return;
        }

        Begin();
        for (var step = 0; step < _steps; step += 2 * DrawsMax)
        {
            var steps = Math.Min(2 * DrawsMax, _steps - step);
            var row = new DrawRow<TBits>(sequences, 0, (uint)step / 2, 1, _stream, (steps + 1) / 2);
            NormalSource<TLanes, TReal, TBits>.Fill(in _key, in row, ref _normals.First);
            Advance(ref _normals.First, steps);
        }

        Finish(place, first, end);
    }

    private void ShareDraws(TBits sequences, long place, long first, long end)
    {
        var samplesPerVector = TLanes.Count * _samplesPerDraw;
        var draws = (int)Math.Min(DrawsMax, ((end - place - 1) / samplesPerVector) + 1);
        var row = new DrawRow<TBits>(sequences, (ulong)TLanes.Count, 0, 0, _stream, draws);
        NormalSource<TLanes, TReal, TBits>.Fill(in _key, in row, ref _normals.First);
        for (var vector = 0; vector < draws * _samplesPerDraw; vector++)
        {
            Begin();
            Advance(ref Unsafe.Add(ref _normals.First, vector * TLanes.Count), 1);

            // A draw's first normals are its even samples', its second ones the odd samples'.
            var draw = vector / _samplesPerDraw;
            Finish(place + ((long)draw * samplesPerVector) + (vector % _samplesPerDraw), first, end);
        }
    }

    private void Begin()
    {
        _path.Begin();
        _mirror?.Begin();
    }

    private void Advance(ref readonly double normals, int steps)
    {
        _path.Advance(in normals, steps);
        _mirror?.Advance(in normals, steps);
    }

    // The lanes hold samples place, place + samplesPerDraw, and so on.
    private void Finish(long place, long first, long end)
    {
        _path.Finish(ref _values.First);
        if (_mirror != null)
        {
            _mirror.Finish(ref _mirrorValues.First);
            TakeMeans();
        }

        if (place < first || end - place <= (TLanes.Count - 1) * _samplesPerDraw)
        {
            Blank(place, first, end);
        }

        _sums.Add(in _values.First);
    }

    private void TakeMeans()
    {
        for (var i = 0; i < _values.Count; i += TLanes.Count)
        {
            ref var value = ref Unsafe.Add(ref _values.First, i);
            ref var mirrored = ref Unsafe.Add(ref _mirrorValues.First, i);
            var sum = TLanes.Add(TLanes.Load(in value), TLanes.Load(in mirrored));
            TLanes.Store(TLanes.Multiply(sum, TLanes.Real(0.5)), ref value);
        }
    }

    // Zeros add nothing to any sum.
    private void Blank(long place, long first, long end)
    {
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            // As a distance: place + offset may be beyond what a long holds.
            var offset = (long)lane * _samplesPerDraw;
            if (offset < first - place || offset >= end - place)
            {
                for (var i = lane; i < _values.Count; i += TLanes.Count)
                {
                    _values.Span[i] = 0;
                }
            }
        }
    }
}
