using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Barriers, watched at the fixings: a fixing at the barrier or beyond crosses it. The payoff jumps there, so
/// greeks are by likelihood ratio: the payoff times the derivative of the log density of the path's normals,
/// z_1 / (S sigma sqrt(dt)) by the spot and sum((z_j² - 1) / sigma - z_j sqrt(dt)) by the volatility
/// (Broadie and Glasserman 1996).
/// </summary>
internal sealed class BarrierKernel<TLanes, TReal, TBits> : PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly StepModel _model;
    private readonly Contract _contract;
    private readonly double _side;
    private readonly double _barrier;
    private readonly bool _paysOnceCrossed;
    private bool _begun;
    private TReal _first;
    private TReal _log;
    private TReal _furthest;
    private TReal _normals;
    private TReal _squares;

    public BarrierKernel(Contract contract, double sign)
        : base(contract)
    {
        _model = new StepModel(contract, 0, sign);
        _contract = contract;
        _side = contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.UpAndOut ? 1 : -1;
        _paysOnceCrossed = contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.DownAndIn;
        _barrier = _side * (StepModel.BinaryLog(contract.Barrier) - _model.LogSpot);
    }

    public override void Begin()
    {
        _begun = false;
        _log = TLanes.Real(0);
        _furthest = TLanes.Real(double.NegativeInfinity);
        _normals = TLanes.Real(0);
        _squares = TLanes.Real(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Advance(ref readonly double normals, int steps)
    {
        if (!_begun)
        {
            _first = TLanes.Load(in normals);
            _begun = true;
        }

        // Down barriers are up barriers of the mirrored path.
        var volatility = TLanes.Real(_side * _model.Volatility);
        var drift = TLanes.Real(_side * (_model.Drift + _model.Growth));
        var (log, furthest, sum, squares) = (_log, _furthest, _normals, _squares);
        for (var step = 0; step < steps; step++)
        {
            var z = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in normals), step * TLanes.Count));
            log = TLanes.Add(log, TLanes.Fma(z, volatility, drift));
            furthest = TLanes.Select(TLanes.Less(furthest, log), log, furthest);
            sum = TLanes.Add(sum, z);
            squares = TLanes.Fma(z, z, squares);
        }

        (_log, _furthest, _normals, _squares) = (log, furthest, sum, squares);
    }

    public override void Finish(ref double values)
    {
        var terminal = LaneMath<TLanes, TReal, TBits>.Exp2Bounded(
            TLanes.Fma(_log, TLanes.Real(_side), TLanes.Real(_model.LogSpot)));
        var vanilla = Payoff(terminal, out _);
        var crossed = TLanes.LessOrEqual(TLanes.Real(_barrier), _furthest);
        var payoff = _paysOnceCrossed
            ? TLanes.Select(crossed, vanilla, TLanes.Real(0)) : Without(vanilla, crossed);
        Put(ref values, 0, payoff);
        Put(ref values, 1, vanilla);

        var (spot, sigma, _, _) = _contract.Assets[0];
        double steps = _contract.Fixings;
        var rootStep = Math.Sqrt(_contract.MaturityYears / steps);
        var sign = _model.Volatility < 0 ? -1.0 : 1.0;
        var spotScore = TLanes.Multiply(_first, TLanes.Real(sign / (spot * sigma * rootStep)));
        Put(ref values, 2, TLanes.Multiply(payoff, spotScore));
        var volatilityScore = TLanes.Fma(
            TLanes.Subtract(_squares, TLanes.Real(steps)),
            TLanes.Real(1 / sigma),
            TLanes.Multiply(_normals, TLanes.Real(-sign * rootStep)));
        Put(ref values, 3, TLanes.Multiply(payoff, volatilityScore));
    }
}
