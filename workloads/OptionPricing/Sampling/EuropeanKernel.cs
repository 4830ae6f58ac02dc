using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>The European: one exact step to maturity.</summary>
internal sealed class EuropeanKernel<TLanes, TReal, TBits> : PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly StepModel _model;
    private readonly double _spot;
    private TReal _log;

    public EuropeanKernel(Contract contract, double sign)
        : base(contract)
    {
        _model = new StepModel(contract, 0, sign);
        _spot = contract.Assets[0].Spot;
    }

    public override void Begin() => _log = TLanes.Real(0);

    public override void Advance(ref readonly double normals, int steps) =>
        _log = TLanes.Fma(
            TLanes.Load(in normals), TLanes.Real(_model.Volatility), TLanes.Real(_model.Drift));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Finish(ref double values)
    {
        var terminal = TLanes.Multiply(
            LaneMath<TLanes, TReal, TBits>.Exp2(TLanes.Add(_log, TLanes.Real(_model.Growth))),
            TLanes.Real(_spot));
        Put(ref values, 0, Payoff(terminal, out var worthless));
        Put(ref values, 1, TLanes.Multiply(terminal, TLanes.Real(Discount)));

        var delta = TLanes.Multiply(terminal, TLanes.Real(SignedDiscount / _spot));
        Put(ref values, 2, Without(delta, worthless));
        var vega = TLanes.Multiply(
            TLanes.Multiply(terminal, _log), TLanes.Real(SignedDiscount * _model.VegaFactor));
        Put(ref values, 3, Without(vega, worthless));
    }
}
