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
    private const int BlocksMax = 64;

    /// <summary>Steps of a lane between two looks at the token: milliseconds, without vectors too.</summary>
    private const long StepsPerLook = 1 << 14;

    private readonly PathKernel<TLanes, TReal, TBits> _path;
    private readonly PathKernel<TLanes, TReal, TBits>? _mirror;
    private readonly SumAccumulator<TLanes, TReal, TBits> _sums;
    private readonly PhiloxKey _key;
    private readonly uint _stream;
    private readonly int _steps;
    private readonly int _samplesPerDraw;
    private readonly AlignedBuffer _normals = new(2 * BlocksMax * TLanes.Count);
    private readonly AlignedBuffer _values;
    private readonly AlignedBuffer _mirrorValues;

    public SampleLoop(Contract contract, int stream, SamplingOptions options, ControlKind control, SampleUnits units)
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

    public void Sample(
        long first, long count, SampleSums into, Action<long>? progress, CancellationToken cancellationToken)
    {
        var end = checked(first + count);
        var groupSize = TLanes.Count * _samplesPerDraw;
        var groupsPerLook = Math.Max(1, StepsPerLook / _steps);
        var place = first - (first % _samplesPerDraw);
        _sums.Clear();
        while (place < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var group = 0L; group < groupsPerLook && place < end; group++)
            {
                SampleGroup(place, first, end);
                place += Math.Min(groupSize, end - place);
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

    // The samples of one vector of draws, from place on; those outside first to end - 1 do not count.
    private void SampleGroup(long place, long first, long end)
    {
        var sequences = TLanes.Add(TLanes.Word((ulong)(place / _samplesPerDraw)), TLanes.LaneNumbers());
        if (_samplesPerDraw == 1)
        {
            Begin();
            for (var step = 0; step < _steps; step += 2 * BlocksMax)
            {
                Draw(sequences, step, Math.Min(2 * BlocksMax, _steps - step));
                Advance(ref _normals.First, Math.Min(2 * BlocksMax, _steps - step));
            }

            Finish(place, first, end);
            return;
        }

        Draw(sequences, 0, _samplesPerDraw);
        for (var part = 0; part < _samplesPerDraw; part++)
        {
            Begin();
            Advance(ref Unsafe.Add(ref _normals.First, part * TLanes.Count), 1);
            Finish(place + part, first, end);
        }
    }

    private void Draw(TBits sequences, int firstStep, int steps) => NormalSource<TLanes, TReal, TBits>.Fill(
        in _key, sequences, (uint)firstStep / 2, _stream, (steps + 1) / 2, ref _normals.First);

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
            var sum = TLanes.Add(TLanes.Load(in value), TLanes.Load(in Unsafe.Add(ref _mirrorValues.First, i)));
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
