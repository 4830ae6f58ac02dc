using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>
/// Exact prices of barriers that are watched at fixings only, by integration from fixing to fixing over the
/// log of the spot (Gauss-Legendre on panels that end at strike and barrier, so that the integrand is smooth
/// in each).
/// </summary>
internal static class BarrierQuadrature
{
    private const double DeviationsMax = 9;

    private static readonly double[] Nodes =
        [-0.9602898564975363, -0.7966664774136267, -0.5255324099163290, -0.1834346424956498,
          0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363];

    private static readonly double[] Weights =
        [0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
         0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

    /// <summary>Price, and delta and vega as central differences of fourth order.</summary>
    public static Dual Price(Contract contract)
    {
        var asset = contract.Assets[0];
        double At(double spot, double volatility) =>
            PriceOnly(contract with { Assets = [asset with { Spot = spot, Volatility = volatility }] });
        double Slope(Func<double, double> price, double at)
        {
            var h = 2e-3 * at;
            return (price(at - (2 * h)) - (8 * price(at - h)) + (8 * price(at + h)) - price(at + (2 * h))) / (12 * h);
        }

        return new Dual(
            At(asset.Spot, asset.Volatility),
            Slope(spot => At(spot, asset.Volatility), asset.Spot),
            Slope(volatility => At(asset.Spot, volatility), asset.Volatility));
    }

    /// <summary>The price alone.</summary>
    public static double PriceOnly(Contract contract)
    {
        var knockedOut = KnockOut(contract);
        return contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.DownAndIn
            ? BlackScholes.Price(contract).Value - knockedOut
            : knockedOut;
    }

    private static double KnockOut(Contract contract)
    {
        var asset = contract.Assets[0];
        var step = contract.MaturityYears / contract.Fixings;
        var drift = (contract.Rate - asset.DividendYield - (asset.Volatility * asset.Volatility / 2)) * step;
        var deviation = asset.Volatility * Math.Sqrt(step);
        var (points, weights) = Grid(contract, deviation);
        var sign = contract.Right == OptionRight.Call ? 1 : -1;
        var values = points.Select(x => Math.Max(0, sign * (Math.Exp(x) - contract.Strike))).ToArray();
        for (var fixing = contract.Fixings; fixing > 1; fixing--)
        {
            values = [.. points.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
                .Select(x => Expect(x + drift, deviation, points, weights, values))];
        }

        return Math.Exp(-contract.Rate * contract.MaturityYears)
            * Expect(Math.Log(asset.Spot) + drift, deviation, points, weights, values);
    }

    private static double Expect(double mean, double deviation, double[] points, double[] weights, double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < points.Length; i++)
        {
            var z = (points[i] - mean) / deviation;
            if (Math.Abs(z) < DeviationsMax)
            {
                sum += weights[i] * values[i] * Math.Exp(-z * z / 2);
            }
        }

        return sum / (deviation * Math.Sqrt(2 * Math.PI));
    }

    /// <summary>Points and weights over the part of the line where the contract lives.</summary>
    private static (double[] Points, double[] Weights) Grid(Contract contract, double deviation)
    {
        var asset = contract.Assets[0];
        var reach = DeviationsMax * asset.Volatility * Math.Sqrt(contract.MaturityYears);
        var (low, high) = (Math.Log(asset.Spot) - reach, Math.Log(asset.Spot) + reach);
        var barrier = Math.Log(contract.Barrier);
        var isUp = contract.BarrierKind is BarrierKind.UpAndIn or BarrierKind.UpAndOut;
        (low, high) = isUp ? (low, barrier) : (barrier, high);
        var ends = new List<double> { low, high };
        var strike = Math.Log(contract.Strike);
        if (strike > low && strike < high)
        {
            ends.Insert(1, strike);
        }

        var (points, weights) = (new List<double>(), new List<double>());
        foreach (var (from, to) in ends.Zip(ends.Skip(1)))
        {
            var panels = (int)Math.Ceiling((to - from) / deviation);
            var half = (to - from) / panels / 2;
            for (var panel = 0; panel < panels; panel++)
            {
                points.AddRange(Nodes.Select(node => from + (half * ((2 * panel) + 1 + node))));
                weights.AddRange(Weights.Select(weight => half * weight));
            }
        }

        return ([.. points], [.. weights]);
    }
}
