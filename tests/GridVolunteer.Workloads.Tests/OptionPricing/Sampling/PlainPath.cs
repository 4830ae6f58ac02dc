using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

/// <summary>
/// One path, as a textbook has it: prices by <see cref="Math.Exp"/>, payoffs from prices, derivatives by
/// moving the parameter a little. Slow, and written without looking at the kernels.
/// </summary>
internal sealed class PlainPath(Contract contract, double[] normals)
{
    private const double Bump = 1e-6;

    /// <summary>exp(-rT).</summary>
    public double Discount { get; } = Math.Exp(-contract.Rate * contract.MaturityYears);

    public double Payoff => PayoffOf(contract);

    /// <summary>The control: see ControlKind.</summary>
    public double Control => Discount * contract.Kind switch
    {
        ContractKind.ArithmeticAsian => Vanilla(contract, GeometricMean(Prices(contract, 0))),
        ContractKind.Barrier => Vanilla(contract, Prices(contract, 0)[^1]),
        ContractKind.Basket => contract.Assets.All(a => a.Weight > 0)
            ? Vanilla(contract, GeometricBasket()) : 0,
        _ => Prices(contract, 0)[^1],
    };

    public double Delta(int asset) => Greek(
        contract.Assets[asset].Spot, x => Moved(asset, a => a with { Spot = x }));

    public double Vega(int asset) => Greek(
        contract.Assets[asset].Volatility, x => Moved(asset, a => a with { Volatility = x }));

    private double Greek(double at, Func<double, Contract> move) => contract.Kind == ContractKind.Barrier
        ? Payoff * Derivative(x => LogDensity(move(x)), at)
        : Derivative(x => PayoffOf(move(x)), at);

    private static double Derivative(Func<double, double> function, double at) =>
        (function(at * (1 + Bump)) - function(at * (1 - Bump))) / (2 * Bump * at);

    private static double Vanilla(Contract contract, double underlying) =>
        Math.Max(0, contract.Right == OptionRight.Call
            ? underlying - contract.Strike : contract.Strike - underlying);

    private static double GeometricMean(double[] prices) => Math.Exp(prices.Average(Math.Log));

    private double GeometricBasket()
    {
        var worth = contract.Assets.Sum(a => a.Weight * a.Spot);
        return worth * Math.Exp(contract.Assets
            .Select((a, i) => a.Weight * a.Spot / worth * Math.Log(Prices(contract, i)[^1] / a.Spot)).Sum());
    }

    private Contract Moved(int asset, Func<Asset, Asset> move) => contract with
    {
        Assets = [.. contract.Assets.Select((a, i) => i == asset ? move(a) : a)],
    };

    private double PayoffOf(Contract moved)
    {
        var prices = Prices(moved, 0);
        var paid = moved.Kind switch
        {
            ContractKind.ArithmeticAsian => Vanilla(moved, prices.Average()),
            ContractKind.GeometricAsian => Vanilla(moved, GeometricMean(prices)),
            ContractKind.Barrier => Pays(moved, prices) ? Vanilla(moved, prices[^1]) : 0,
            ContractKind.Basket => Vanilla(
                moved, moved.Assets.Select((a, i) => a.Weight * Prices(moved, i)[^1]).Sum()),
            _ => Vanilla(moved, prices[^1]),
        };
        return Discount * paid;
    }

    private static bool Pays(Contract contract, double[] prices) => contract.BarrierKind switch
    {
        BarrierKind.UpAndOut => prices.All(s => s < contract.Barrier),
        BarrierKind.UpAndIn => prices.Any(s => s >= contract.Barrier),
        BarrierKind.DownAndOut => prices.All(s => s > contract.Barrier),
        _ => prices.Any(s => s <= contract.Barrier),
    };

    // The prices of an asset at the fixings.
    private double[] Prices(Contract moved, int asset)
    {
        var (spot, sigma, yield, _) = moved.Assets[asset];
        var dt = moved.MaturityYears / moved.Fixings;
        var price = spot;
        return [.. Enumerable.Range(0, moved.Fixings).Select(step =>
        {
            var z = moved.Kind == ContractKind.Basket ? Correlated(moved, asset) : normals[step];
            var drift = (moved.Rate - yield - (sigma * sigma / 2)) * dt;
            price *= Math.Exp(drift + (sigma * Math.Sqrt(dt) * z));
            return price;
        })];
    }

    private double Correlated(Contract moved, int asset) => Enumerable.Range(0, asset + 1)
        .Sum(i => moved.CorrelationFactor[(asset * (asset + 1) / 2) + i] * normals[i]);

    // Of this path's prices, under moved parameters.
    private double LogDensity(Contract moved)
    {
        var (spot, sigma, yield, _) = moved.Assets[0];
        var dt = moved.MaturityYears / moved.Fixings;
        var (before, sum) = (spot, 0.0);
        foreach (var price in Prices(contract, 0))
        {
            var z = (Math.Log(price / before) - ((moved.Rate - yield - (sigma * sigma / 2)) * dt))
                / (sigma * Math.Sqrt(dt));
            sum -= (z * z / 2) + Math.Log(sigma);
            before = price;
        }

        return sum;
    }
}
