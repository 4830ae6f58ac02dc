using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// The arithmetic Asian: the price at every fixing, its sum, and the sums that make its vega and the
/// geometric mean (Kemna and Vorst 1990, Glasserman 2004).
/// </summary>
internal sealed class ArithmeticAsianKernel<TLanes, TReal, TBits> : PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly StepModel _model;
    private readonly double _spot;
    private readonly double _fixings;
    private TReal _price;
    private TReal _log;
    private TReal _prices;
    private TReal _pricesByLog;
    private TReal _logs;

    public ArithmeticAsianKernel(Contract contract, double sign)
        : base(contract)
    {
        _model = new StepModel(contract, 0, sign);
        _spot = contract.Assets[0].Spot;
        _fixings = contract.Fixings;
    }

    public override void Begin()
    {
        _price = TLanes.Real(_spot);
        _log = TLanes.Real(0);
        _prices = TLanes.Real(0);
        _pricesByLog = TLanes.Real(0);
        _logs = TLanes.Real(0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Advance(ref readonly double normals, int steps)
    {
        var volatility = TLanes.Real(_model.Volatility);
        var drift = TLanes.Real(_model.Drift);
        var growth = TLanes.Real(_model.Growth);
        var (price, log, prices, pricesByLog, logs) = (_price, _log, _prices, _pricesByLog, _logs);
        for (var step = 0; step < steps; step++)
        {
            var z = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in normals), step * TLanes.Count));
            var h = TLanes.Fma(z, volatility, drift);
            log = TLanes.Add(log, h);
            price = TLanes.Multiply(price, LaneMath<TLanes, TReal, TBits>.Exp2(TLanes.Add(h, growth)));
            prices = TLanes.Add(prices, price);
            pricesByLog = TLanes.Fma(price, log, pricesByLog);
            logs = TLanes.Add(logs, log);
        }

        (_price, _log, _prices, _pricesByLog, _logs) = (price, log, prices, pricesByLog, logs);
    }

    public override void Finish(ref double values)
    {
        var mean = TLanes.Divide(_prices, TLanes.Real(_fixings));
        Put(ref values, 0, Payoff(mean, out var worthless));

        // The geometric mean's logarithm; the growth of step j counts in all fixings from j on.
        var growth = _model.Growth * (0.5 * (_fixings + 1));
        var logMean = TLanes.Add(
            TLanes.Divide(_logs, TLanes.Real(_fixings)), TLanes.Real(_model.LogSpot + growth));
        Put(ref values, 1, Payoff(LaneMath<TLanes, TReal, TBits>.Exp2Bounded(logMean), out _));

        var delta = TLanes.Multiply(mean, TLanes.Real(SignedDiscount / _spot));
        Put(ref values, 2, Without(delta, worthless));
        var vega = TLanes.Multiply(_pricesByLog, TLanes.Real(SignedDiscount * _model.VegaFactor / _fixings));
        Put(ref values, 3, Without(vega, worthless));
    }
}
