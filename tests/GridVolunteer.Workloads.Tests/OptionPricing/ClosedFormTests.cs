using GridVolunteer.Workloads.OptionPricing.ClosedForms;
using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Formulas against QuantLib's.</summary>
public sealed class ClosedFormTests
{
    [Fact]
    public void BlackScholes_IsQuantLibs() => Compare("AnalyticEuropeanEngine", 6, BlackScholes.Price);

    [Fact]
    public void GeometricAsian_IsQuantLibs() =>
        Compare("AnalyticDiscreteGeometricAveragePriceAsianEngine", 3, GeometricAsian.Price);

    [Fact]
    public void ContinuousBarrier_IsQuantLibs() =>
        Compare("AnalyticBarrierEngine", 24, BarrierFormula.ContinuousPrice);

    [Fact]
    public void GeometricBasket_IsQuantLibs()
    {
        var figures = QuantLibFigures.Of("blackFormula").ToList();
        Assert.Equal(3, figures.Count);
        Assert.All(figures, figure => Assert.Equal(figure.Price, GeometricBasket.Price(figure.Contract), 10));
    }

    [Fact]
    public void BarrierMovedForFixings_ComesNearQuantLibsSimulation_WhereTheUnmovedDoesNot()
    {
        var figures = QuantLibFigures.Of("MCBarrierEngine").ToList();
        Assert.Equal(8, figures.Count);
        Assert.All(figures, figure =>
        {
            var moved = BarrierFormula.DiscretePrice(figure.Contract).Value;
            var unmoved = BarrierFormula.ContinuousPrice(figure.Contract).Value;

            // The correction has an error of its own, largest where strike and barrier are close: 0.034 here.
            Assert.InRange(Math.Abs(moved - figure.Price), 0, 0.04);
            Assert.True(Math.Abs(unmoved - figure.Price) > 3 * Math.Abs(moved - figure.Price), figure.Contract.Name);
        });
    }

    [Fact]
    public void InAndOut_MakeAEuropean() => Assert.All(
        QuantLibFigures.Contracts.Where(contract => contract.Kind == ContractKind.Barrier),
        contract =>
        {
            var other = contract with
            {
                BarrierKind = contract.BarrierKind switch
                {
                    BarrierKind.UpAndIn => BarrierKind.UpAndOut,
                    BarrierKind.UpAndOut => BarrierKind.UpAndIn,
                    BarrierKind.DownAndIn => BarrierKind.DownAndOut,
                    _ => BarrierKind.DownAndIn,
                }
            };
            var sum = BarrierFormula.DiscretePrice(contract) + BarrierFormula.DiscretePrice(other);
            var european = BlackScholes.Price(contract);
            Assert.Equal(european.Value, sum.Value, 10);
            Assert.Equal(european.BySpot, sum.BySpot, 10);
            Assert.Equal(european.ByVolatility, sum.ByVolatility, 9);
        });

    [Fact]
    public void ExtremeContracts_HaveAFormulaOrNone_ButNeverNonsense()
    {
        double[] volatilities = [1e-4, 0.2, 5];
        double[] spots = [1e-6, 100, 1e9];
        foreach (var (volatility, spot, kind) in from v in volatilities from s in spots from k in Enum.GetValues<BarrierKind>() select (v, s, k))
        {
            var isUp = kind is BarrierKind.UpAndIn or BarrierKind.UpAndOut;
            var contract = QuantLibFigures.Contracts[0] with
            {
                Kind = ContractKind.Barrier,
                Assets = [new Asset(spot, volatility, 0.3)],
                Strike = spot * 1.5,
                BarrierKind = kind,
                Barrier = isUp ? spot * 1.01 : spot * 0.99,
                Fixings = 12,
            };
            if (ClosedForm.Of(contract) is { Price: var price })
            {
                Assert.True(double.IsFinite(price.BySpot) && double.IsFinite(price.ByVolatility));
                Assert.InRange(price.Value, -1e-9 * spot, 2 * spot);
            }
        }
    }

    private static void Compare(string engine, int count, Func<Contract, Dual> formula)
    {
        var figures = QuantLibFigures.Of(engine).ToList();
        Assert.Equal(count, figures.Count);
        Assert.All(figures, figure =>
        {
            // QuantLib's greeks are central differences of fourth order, good to eight digits.
            var price = formula(figure.Contract);
            Assert.Equal(figure.Price, price.Value, 10);
            Assert.Equal(figure.Delta!.Value, price.BySpot, 8);
            Assert.Equal(figure.Vega!.Value, price.ByVolatility, 6);
        });
    }
}
