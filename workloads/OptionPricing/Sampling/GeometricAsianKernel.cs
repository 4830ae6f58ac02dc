using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// The geometric Asian. The mean of the logarithms is all its payoff needs, so the path stays in them.
/// </summary>
internal sealed class GeometricAsianKernel<TLanes, TReal, TBits> : PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly StepModel _model;
    private readonly double _spot;
    private readonly double _fixings;
    private TReal _log;
    private TReal _logs;

    public GeometricAsianKernel(Contract contract, double sign)
        : base(contract)
    {
        _model = new StepModel(contract, 0, sign);
        _spot = contract.Assets[0].Spot;
        _fixings = contract.Fixings;
    }

    public override void Begin()
    {
        _log = TLanes.Real(0);
        _logs = TLanes.Real(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Advance(ref readonly double normals, int steps)
    {
        var volatility = TLanes.Real(_model.Volatility);
        var drift = TLanes.Real(_model.Drift);
        var (log, logs) = (_log, _logs);
        for (var step = 0; step < steps; step++)
        {
            var z = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in normals), step * TLanes.Count));
            log = TLanes.Add(log, TLanes.Fma(z, volatility, drift));
            logs = TLanes.Add(logs, log);
        }

        (_log, _logs) = (log, logs);
    }

    public override void Finish(ref double values)
    {
        var meanLog = TLanes.Divide(_logs, TLanes.Real(_fixings));
        var growth = _model.Growth * (0.5 * (_fixings + 1));
        var mean = LaneMath<TLanes, TReal, TBits>.Exp2Bounded(
            TLanes.Add(meanLog, TLanes.Real(_model.LogSpot + growth)));
        Put(ref values, 0, Payoff(mean, out var worthless));

        var terminal = LaneMath<TLanes, TReal, TBits>.Exp2Bounded(
            TLanes.Add(_log, TLanes.Real(_model.LogSpot + (_model.Growth * _fixings))));
        Put(ref values, 1, TLanes.Multiply(terminal, TLanes.Real(Discount)));

        var delta = TLanes.Multiply(mean, TLanes.Real(SignedDiscount / _spot));
        Put(ref values, 2, Without(delta, worthless));
        var vega = TLanes.Multiply(
            TLanes.Multiply(mean, meanLog), TLanes.Real(SignedDiscount * _model.VegaFactor));
        Put(ref values, 3, Without(vega, worthless));
    }
}
