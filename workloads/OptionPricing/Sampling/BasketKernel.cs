using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>
/// Baskets: one exact step of all assets to maturity, their normals correlated by the contract's factor.
/// </summary>
internal sealed class BasketKernel<TLanes, TReal, TBits> : PathKernel<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private readonly StepModel[] _models;
    private readonly double[] _factor;
    private readonly double[] _worths;
    private readonly double[] _spots;
    private readonly double _worth;
    private readonly double _logWorth;
    private readonly bool _control;
    private readonly AlignedBuffer _logs;
    private readonly AlignedBuffer _prices;

    public BasketKernel(Contract contract, double sign, bool control)
        : base(contract)
    {
        var assets = contract.Assets;
        _models = [.. assets.Select((_, i) => new StepModel(contract, i, sign))];
        _factor = [.. contract.CorrelationFactor];
        _worths = [.. assets.Select(asset => asset.Weight * asset.Spot)];
        _spots = [.. assets.Select(asset => asset.Spot)];
        _control = control;
        foreach (var worth in _worths)
        {
            _worth += worth;
        }

        _logWorth = control ? StepModel.BinaryLog(_worth) : 0;
        _logs = new AlignedBuffer(assets.Count * TLanes.Count);
        _prices = new AlignedBuffer(assets.Count * TLanes.Count);
    }

    public override void Begin()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Advance(ref readonly double normals, int steps)
    {
        var factor = 0;
        for (var asset = 0; asset < _models.Length; asset++)
        {
            var correlated = TLanes.Real(0);
            for (var normal = 0; normal <= asset; normal++)
            {
                var z = TLanes.Load(in Unsafe.Add(ref Unsafe.AsRef(in normals), normal * TLanes.Count));
                correlated = TLanes.Fma(z, TLanes.Real(_factor[factor]), correlated);
                factor++;
            }

            // What is called the price here is the asset's weighted one.
            var model = _models[asset];
            var h = TLanes.Fma(correlated, TLanes.Real(model.Volatility), TLanes.Real(model.Drift));
            var price = TLanes.Multiply(
                LaneMath<TLanes, TReal, TBits>.Exp2(TLanes.Add(h, TLanes.Real(model.Growth))),
                TLanes.Real(_worths[asset]));
            Put(ref _logs.First, asset, h);
            Put(ref _prices.First, asset, price);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Finish(ref double values)
    {
        var basket = TLanes.Real(0);
        for (var asset = 0; asset < _models.Length; asset++)
        {
            basket = TLanes.Add(basket, Take(_prices, asset));
        }

        Put(ref values, 0, Payoff(basket, out var worthless));
        Put(ref values, 1, _control ? Payoff(GeometricMean(), out _) : TLanes.Real(0));
        for (var asset = 0; asset < _models.Length; asset++)
        {
            var price = Take(_prices, asset);
            var delta = TLanes.Multiply(price, TLanes.Real(SignedDiscount / _spots[asset]));
            Put(ref values, 2 + (2 * asset), Without(delta, worthless));
            var vega = TLanes.Multiply(
                TLanes.Multiply(price, Take(_logs, asset)),
                TLanes.Real(SignedDiscount * _models[asset].VegaFactor));
            Put(ref values, 3 + (2 * asset), Without(vega, worthless));
        }
    }

    private static TReal Take(AlignedBuffer buffer, int asset) =>
        TLanes.Load(in Unsafe.Add(ref buffer.First, asset * TLanes.Count));

    private TReal GeometricMean()
    {
        var log = TLanes.Real(_logWorth);
        for (var asset = 0; asset < _models.Length; asset++)
        {
            var growth = TLanes.Add(Take(_logs, asset), TLanes.Real(_models[asset].Growth));
            log = TLanes.Fma(growth, TLanes.Real(_worths[asset] / _worth), log);
        }

        return LaneMath<TLanes, TReal, TBits>.Exp2Bounded(log);
    }
}
