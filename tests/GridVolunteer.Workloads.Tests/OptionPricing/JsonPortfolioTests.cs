using static GridVolunteer.Workloads.Tests.OptionPricing.PortfolioText;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

public sealed class JsonPortfolioTests
{
    private const string Shared = """
        {
          "defaults": { "rate": 0.04, "maturity": 1, "right": "put", "fixings": 12 },
          "assets": [
            { "name": "DAX", "spot": 5400, "volatility": 0.24 },
            { "name": "SMI", "spot": 7600, "volatility": 0.2, "dividendYield": 0.02 },
            { "name": "CAC", "spot": 4000, "volatility": 0.22, "dividendYield": 0.03 }
          ],
          "correlation": [[1, 0.8, 0.7], [0.8, 1, 0.6], [0.7, 0.6, 1]],
          "contracts": [
            CONTRACTS
          ]
        }
        """;

    [Fact]
    public void SharedData_HoldsWhereContractsAreSilent()
    {
        var positions = Read(With("""
            { "name": "a", "kind": "european", "asset": "DAX", "strike": 5000 },
            { "name": "b", "kind": "asian", "asset": "SMI", "strike": 7000, "right": "call", "volatility": 0.5 },
            { "name": "c", "kind": "basket", "assets": ["CAC", "DAX"], "weights": [1, 0.5], "strike": 6000, "quantity": 2 }
            """)).Positions;
        var (european, asian, basket) = (positions[0].Contract, positions[1].Contract, positions[2].Contract);
        Assert.Equal((0.04, 1, 1), (european.Rate, european.MaturityYears, european.Fixings));
        Assert.Equal((5400, 0.24, 0.0), (european.Assets[0].Spot, european.Assets[0].Volatility, european.Assets[0].DividendYield));
        Assert.Equal((7600, 0.5, 0.02, 12), (asian.Assets[0].Spot, asian.Assets[0].Volatility, asian.Assets[0].DividendYield, asian.Fixings));
        Assert.Equal([4000, 5400], basket.Assets.Select(a => a.Spot));
        Assert.Equal(0.7, basket.CorrelationFactor[1], 12);
        Assert.Equal(["CAC", "DAX"], positions[2].AssetNames);
    }

    [Fact]
    public void JsonAndCsv_SayTheSame()
    {
        var json = Read("""
            { "contracts": [
              { "name": "e", "kind": "european", "right": "call", "strike": 100, "maturity": 1, "spot": 100, "volatility": 0.2, "rate": 0.05 },
              { "name": "k", "kind": "basket", "right": "put", "strike": "95", "maturity": 1, "spot": [100, 90], "volatility": [0.2, 0.3],
                "dividendYield": 0.01, "rate": 0.05, "weights": [0.5, 0.5], "correlation": [[1, 0.3], [0.3, 1]], "quantity": null }
            ] }
            """).Positions;
        var csv = Read("""
            name,kind,right,strike,maturity,spot,volatility,dividendYield,rate,weights,correlation
            e,european,call,100,1,100,0.2,,0.05,,
            k,basket,put,95,1,100;90,0.2;0.3,0.01;0.01,0.05,0.5;0.5,0.3
            """).Positions;
        Assert.Equal(csv.Select(Show), json.Select(Show));
    }

    [Theory]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAXX", "strike": 5000 }""",
        "line 10 (a): there is no asset 'DAXX', did you mean 'DAX'?")]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAX", "stirke": 5000 }""",
        "line 10 (contract 1): there is no field 'stirke', did you mean 'strike'?")]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAX", "strike": 1, "Strike": 2 }""",
        "strike is there twice")]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAX", "strike": {} }""",
        "strike must be a value or a list of values")]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAX", "strike": true }""",
        "strike is 'true', but must be a number")]
    [InlineData(
        """{ "name": "a", "kind": "european", "asset": "DAX", "strike": NaN }""",
        "line 10 is no JSON")]
    [InlineData("5", "line 10: contract 1 must be an object")]
    [InlineData("{}", "line 10 (contract-1): kind is missing")]
    public void FaultyContract_IsToldWithItsLine(string contract, string message) =>
        Assert.Contains(message, FaultOf(With(contract)));

    [Theory]
    [InlineData("[]", "a portfolio in JSON is an object: write { \"contracts\": [ … ] }")]
    [InlineData("{}", "there are no contracts")]
    [InlineData("""{ "contracts": 3 }""", "contracts must be a list")]
    [InlineData("""{ "contracts": [] }""", "has no contracts")]
    [InlineData("""{ "contracs": [] }""", "there is no part 'contracs', did you mean 'contracts'?")]
    [InlineData("{ \"contracts\":\n [ { \"name\": \"\\ud800\" } ] }", "line 2 is no JSON: a text holds half of a character")]
    [InlineData("{ \"\\udc00\": 1 }", "line 1 is no JSON: a text holds half of a character")]
    [InlineData("{ \"contracts\":\n [ { } \n", "line 3 is no JSON: it ends while a bracket is still open")]
    [InlineData("""{ "contracts": [] } x""", "line 1 is no JSON")]
    [InlineData(
        """{ "defaults": { "strik": 1 }, "contracts": [] }""",
        "line 1 (defaults): there is no field 'strik'")]
    [InlineData(
        """{ "defaults": { "name": "x" }, "contracts": [] }""",
        "a default name would be every contract's")]
    [InlineData("""{ "assets": [ { "spot": 1 } ], "contracts": [] }""", "an asset needs a name")]
    [InlineData(
        """{ "assets": [ { "name": "a", "strike": 1 } ], "contracts": [] }""",
        "strike is not of an asset")]
    [InlineData(
        """{ "assets": [ { "name": "a" }, { "name": "a" } ], "contracts": [] }""",
        "there are two assets 'a'")]
    [InlineData(
        """{ "correlation": 0.5, "contracts": [] }""",
        "correlation is that of the shared assets, of which there are 0")]
    public void FaultyFile_IsToldWithWhatToDo(string text, string message) => Assert.Contains(message, FaultOf(text));

    private static string With(string contracts) => Shared.Replace("CONTRACTS", contracts);

    private static string Show(GridVolunteer.Workloads.OptionPricing.Portfolios.Position position)
    {
        var c = position.Contract;
        return $"{c.Name} {c.Kind} {c.Right} {c.Strike} {c.MaturityYears} {c.Rate} {c.Fixings} {position.Quantity} "
            + $"{string.Join(' ', c.Assets)} {string.Join(' ', c.CorrelationFactor)}";
    }
}
