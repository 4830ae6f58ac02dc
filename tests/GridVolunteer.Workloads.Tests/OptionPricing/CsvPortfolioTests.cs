using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Portfolios;
using static GridVolunteer.Workloads.Tests.OptionPricing.PortfolioText;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

public sealed class CsvPortfolioTests
{
    [Fact]
    public void Contracts_OfAllKinds_AreReadAsTheyStand()
    {
        var positions = Read("""
            name,kind,right,strike,maturity,spot,volatility,dividendYield,rate,fixings,average,barrier,barrierKind,weights,correlation,quantity,asset
            e,european,call,100,0.5,101,0.2,0.01,0.05,,,,,,,-3,DAX
            a,asian,put,90,1,100,0.3,,0.02,12,,,,,,,
            g,asian,call,90,1,100,0.3,,0.02,52,geometric,,,,,,
            b,barrier,call,100,2,100,0.25,,-0.01,24,,80,down-and-in,,,2.5,
            k,basket,call,95,1,100;90,0.2;0.3,0.01;0.02,0.05,,,,,0.5;0.4,0.6,,DAX;SMI
            """).Positions;
        Assert.Equal(["e", "a", "g", "b", "k"], positions.Select(p => p.Contract.Name));
        Assert.Equal([-3, 1, 1, 2.5, 1], positions.Select(p => p.Quantity));
        var (european, asian, geometric) = (positions[0].Contract, positions[1].Contract, positions[2].Contract);
        Assert.Equal((ContractKind.European, OptionRight.Call, 100, 0.5, 0.05, 1),
            (european.Kind, european.Right, european.Strike, european.MaturityYears, european.Rate, european.Fixings));
        Assert.Equal(new Asset(101, 0.2, 0.01), european.Assets.Single());
        Assert.Equal((ContractKind.ArithmeticAsian, OptionRight.Put, 12), (asian.Kind, asian.Right, asian.Fixings));
        Assert.Equal(0, asian.Assets[0].DividendYield);
        Assert.Equal((ContractKind.GeometricAsian, 52), (geometric.Kind, geometric.Fixings));
        Assert.Equal((80, BarrierKind.DownAndIn, 24),
            (positions[3].Contract.Barrier, positions[3].Contract.BarrierKind, positions[3].Contract.Fixings));
        var basket = positions[4].Contract;
        Assert.Equal([new Asset(100, 0.2, 0.01, 0.5), new Asset(90, 0.3, 0.02, 0.4)], basket.Assets);
        Assert.Equal([1, 0.6, 0.8], basket.CorrelationFactor.Select(l => Math.Round(l, 12)));
        Assert.Equal(["DAX", "SMI"], positions[4].AssetNames);
        Assert.Equal([null], positions[1].AssetNames);
    }

    [Fact]
    public void Spellings_ByteOrderMarkLineEndsAndQuotes_DoNotMatter()
    {
        var text = "\uFEFFName, KIND ,Right,Strike,\"Maturity\",spot,Volatility,RATE,Dividend Yield,barrier_kind\r\n"
            + "\"one, \"\"two\"\"\",European,CALL,1e2, 1 ,100,.2,+0.05,,\r\n\r\n,,,,,,,,,\r\nthree,european,put,100,1,100,0.2,0,,";
        var positions = Read(text).Positions;
        Assert.Equal(["one, \"two\"", "three"], positions.Select(p => p.Contract.Name));
        Assert.Equal(100, positions[0].Contract.Strike);
    }

    [Fact]
    public void ContractsWithoutNames_AreNumbered() =>
        Assert.Equal("contract-1", Read("kind,right,strike,maturity,spot,volatility,rate\neuropean,call,1,1,1,0.2,0\n")
            .Positions[0].Contract.Name);

    [Fact]
    public void Correlation_MayBeOneNumberThePairsOrTheMatrix()
    {
        string Row(string correlation) => "kind,right,strike,maturity,spot,volatility,rate,weights,correlation\n"
            + $"basket,call,1,1,1;1;1,0.2;0.2;0.2,0,1;1;1,{correlation}\n";
        var one = Read(Row("0.5")).Positions[0].Contract.CorrelationFactor;
        Assert.Equal(one, Read(Row("0.5;0.5;0.5")).Positions[0].Contract.CorrelationFactor);
        Assert.Equal(one, Read(Row("1;0.5;0.5;0.5;1;0.5;0.5;0.5;1")).Positions[0].Contract.CorrelationFactor);
        Assert.NotEqual(one, Read(Row("0.5;0.5;0.4")).Positions[0].Contract.CorrelationFactor);
    }

    [Theory]
    [InlineData("european", "strike", "-5", "strike is -5, but must be from 1e-6 to 1e9")]
    [InlineData("european", "strike", "0", "strike is 0, but must be from")]
    [InlineData("european", "strike", "NaN", "strike is 'NaN', but must be a finite number")]
    [InlineData("european", "strike", "1e999", "strike is '1e999', but must be a finite number")]
    [InlineData("european", "strike", "-Infinity", "must be a finite number")]
    [InlineData("european", "strike", "\"1,234.5\"", "without thousands separators: write 1234.5")]
    [InlineData("european", "strike", "1 234 567", "without thousands separators: write 1234567")]
    [InlineData("european", "volatility", "\"0,2\"", "with a decimal point: write 0.2")]
    [InlineData("european", "volatility", "20%", "write 5 % as 0.05")]
    [InlineData("european", "volatility", "20", "a fraction a year: 20 % is 0.2")]
    [InlineData("european", "volatility", "0", "volatility is 0, but must be from")]
    [InlineData("european", "rate", "5", "5 % is 0.05")]
    [InlineData("european", "rate", "", "rate is missing")]
    [InlineData("european", "maturity", "2027-01-01", "maturity is '2027-01-01', but must be a number")]
    [InlineData("european", "maturity", "250", "years to maturity: six months are 0.5")]
    [InlineData("european", "kind", "american", "kind is 'american', but must be one of european, asian, barrier, basket")]
    [InlineData("european", "kind", "", "kind is missing")]
    [InlineData("european", "right", "buy", "right is 'buy', but must be one of call, put")]
    [InlineData("european", "fixings", "12", "fixings says nothing about a european contract")]
    [InlineData("european", "weights", "1", "weights says nothing about a european contract")]
    [InlineData("european", "spot", "100;90", "spot has 2 values, but the contract has 1 assets")]
    [InlineData("european", "strike", "100;90", "strike has 2 values, but must be one")]
    [InlineData("european", "strike", "1e9", "differ by more than a factor of a million")]
    [InlineData("european", "quantity", "many", "quantity is 'many', but must be a number")]
    [InlineData("asian", "fixings", "", "fixings is missing")]
    [InlineData("asian", "fixings", "0", "fixings is 0, but must be from 1 to 10,000")]
    [InlineData("asian", "fixings", "12.5", "fixings is 12.5, but must be a whole number")]
    [InlineData("asian", "average", "harmonic", "average is 'harmonic', but must be one of arithmetic, geometric")]
    [InlineData("barrier", "barrier", "", "barrier is missing")]
    [InlineData("barrier", "barrier", "100", "the barrier (100) is crossed already")]
    [InlineData("barrier", "barrier", "90", "with an upper one the spot (100) must be below it")]
    [InlineData("barrier", "barrierKind", "upOut", "barrierKind is 'upOut', but must be one of upAndOut")]
    [InlineData("barrier", "barrierKind", "", "barrierKind is missing")]
    [InlineData("basket", "weights", "", "weights is missing")]
    [InlineData("basket", "weights", "0;0", "all weights are 0")]
    [InlineData("basket", "weights", "1;2;3", "weights has 3 values, but the contract has 2 assets")]
    [InlineData("basket", "spot", "100", "a basket has 2 to 32 assets, but spot has 1 values")]
    [InlineData("basket", "correlation", "", "correlation is missing")]
    [InlineData("basket", "correlation", "1", "the correlation is not positive definite")]
    [InlineData("basket", "correlation", "1.2", "correlation is 1.2, but must be from -1 to 1")]
    [InlineData("basket", "correlation", "0.1;0.2", "must have 1 (for all pairs), 1 (the pairs 1-2, 1-3, …) or 4")]
    [InlineData("basket", "correlation", "1;0.2;0.3;1", "is not symmetric: 0.3 in row 2, column 1, but 0.2")]
    [InlineData("basket", "correlation", "0.9;0.2;0.2;1", "has 0.9 on its diagonal (row 1), but must have 1")]
    [InlineData("basket", "asset", "DAX", "asset has 1 names, but the contract has 2 assets")]
    [InlineData("basket", "asset", "DAX;DAX", "an asset is named twice")]
    public void FaultyField_IsToldWithItsLineAndWhatToDo(string kind, string field, string value, string message)
    {
        var fault = FaultOf(kind, field, value);
        Assert.StartsWith("The input 'portfolio' is wrong: line 2 (one): ", fault);
        Assert.Contains(message, fault);
    }

    [Theory]
    [InlineData("asian", "maturity", "30", "volatility", "3", "volatility × √maturity must be from 0.0001 to 5")]
    [InlineData("asian", "maturity", "0.001", "volatility", "0.001", "volatility × √maturity must be from 0.0001 to 5")]
    [InlineData("asian", "maturity", "30", "rate", "0.5", "rate × maturity is above 10")]
    public void FieldsThatAreAbsurdTogether_AreRefused(
        string kind, string field, string value, string other, string otherValue, string message)
    {
        var fields = Sound(kind);
        (fields[field], fields[other]) = (value, otherValue);
        Assert.Contains(message, FaultOf($"{string.Join(',', fields.Keys)}\n{string.Join(',', fields.Values)}\n"));
    }

    [Fact]
    public void AllFaults_AreToldAtOnceInTheOrderOfLines()
    {
        var fault = FaultOf($"{Header}\na,european,call,-1,1,100,2e1,0\nb,asian,call,100,1,100,0.2,0\na,european,put,100,1,100,0.2,x\n");
        Assert.Equal(
            [
                "The input 'portfolio' is wrong in 5 places:",
                "- line 2 (a): strike is -1, but must be from 1e-6 to 1e9 (a price, in the unit of the spot).",
                "- line 2 (a): volatility is 20, but must be from 0.0001 to 5 (a fraction a year: 20 % is 0.2).",
                "- line 3 (b): fixings is missing: how many equally spaced fixings there are, the last at maturity.",
                "- line 4 (a): the name is that of the contract in line 2 too: names tell contracts apart in the output.",
                "- line 4 (a): rate is 'x', but must be a number.",
            ],
            fault.Split('\n'));
    }

    [Fact]
    public void AllFaultsOfOneContract_AreToldAtOnce()
    {
        var fields = Sound("basket");
        (fields["strike"], fields["volatility"], fields["weights"]) = ("x", "9;0.2", "1;2;3");
        (fields["correlation"], fields["asset"]) = ("2", "A;A");
        var fault = FaultOf($"{string.Join(',', fields.Keys)}\n{string.Join(',', fields.Values)}\n");
        Assert.StartsWith("The input 'portfolio' is wrong in 5 places:", fault);
    }

    [Fact]
    public void ManyFaults_AreCountedAndTheFirstTold()
    {
        var fault = FaultOf(Header + "\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"n{i},european,call,x,1,100,0.2,0\n")));
        Assert.StartsWith("The input 'portfolio' is wrong in 100 places:", fault);
        Assert.Equal(22, fault.Split('\n').Length);
        Assert.EndsWith("- and 80 more.", fault);
    }

    [Theory]
    [InlineData("name,kind,strik\n", "line 1: there is no column 'strik', did you mean 'strike'? (known: name, kind,")]
    [InlineData("name,vol\n", "line 1: there is no column 'vol', did you mean 'volatility'?")]
    [InlineData("name,,strike\n", "line 1: column 2 has no name")]
    [InlineData("name,strike,Strike\n", "line 1: the column strike is there twice")]
    [InlineData("name;kind;strike\na;european;3\n", "columns are separated by ';': use commas")]
    [InlineData("name\tkind\n", "columns are separated by tabs: use commas")]
    [InlineData("\"name,kind\n", "line 1: a quote is opened and never closed")]
    [InlineData("name,kind\n\"a\" b,european\n", "line 2: after a closing quote comes a comma")]
    [InlineData("name,kind\na,european,1,234\n", "line 2 has 4 cells, but the header has 2 columns: numbers have no thousands")]
    [InlineData("name,kind\na\n", "line 2 has 1 cells, but the header has 2 columns")]
    [InlineData("", "is empty: give a portfolio in JSON or CSV")]
    [InlineData("\uFEFF \r\n", "is empty")]
    [InlineData("name,kind\n", "has no contracts")]
    public void FaultyFile_IsToldWithWhatToDo(string text, string message) => Assert.Contains(message, FaultOf(text));

    [Fact]
    public void BytesThatAreNoText_AreRefused()
    {
        byte[][] files = [[0x1F, 0x8B, 8, 0, 0, 0], [.. Encoding.Latin1.GetBytes("name\nMünchen")], [.. Encoding.Unicode.GetBytes("name")]];
        Assert.All(files, bytes => Assert.Contains(
            "is no UTF-8 text", Assert.Throws<WorkloadException>(() => PortfolioReader.Read(bytes, "portfolio")).Message));
    }

    [Fact]
    public void MoreContractsThanAJobPrices_AreRefusedWithTheLimit()
    {
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i <= Portfolio.ContractsMax; i++)
        {
            text.Append($"n{i},european,call,100,1,100,0.2,0\n");
        }

        Assert.Contains("more than 10,000 contracts: split the portfolio", FaultOf(text.ToString()));
    }
}
