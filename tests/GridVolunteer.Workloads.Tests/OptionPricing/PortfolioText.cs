using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Reads portfolios that tests write down.</summary>
internal static class PortfolioText
{
    public const string Header = "name,kind,right,strike,maturity,spot,volatility,rate";

    public static Portfolio Read(string text) => PortfolioReader.Read(Encoding.UTF8.GetBytes(text), "portfolio");

    public static string FaultOf(string text) => Assert.Throws<WorkloadException>(() => Read(text)).Message;

    /// <summary>The fault of one sound contract in which a field is replaced.</summary>
    public static string FaultOf(string kind, string field, string value)
    {
        var fields = Sound(kind);
        fields[field] = value;
        return FaultOf($"{string.Join(',', fields.Keys)}\n{string.Join(',', fields.Values)}\n");
    }

    public static Dictionary<string, string> Sound(string kind)
    {
        var fields = new Dictionary<string, string>
        {
            ["name"] = "one",
            ["kind"] = kind,
            ["right"] = "call",
            ["strike"] = "100",
            ["maturity"] = "1",
            ["spot"] = kind == "basket" ? "100;90" : "100",
            ["volatility"] = kind == "basket" ? "0.2;0.3" : "0.2",
            ["rate"] = "0.05",
            ["dividendYield"] = "",
            ["fixings"] = kind is "asian" or "barrier" ? "12" : "",
            ["average"] = "",
            ["barrier"] = kind == "barrier" ? "120" : "",
            ["barrierKind"] = kind == "barrier" ? "upAndOut" : "",
            ["weights"] = kind == "basket" ? "0.5;0.5" : "",
            ["correlation"] = kind == "basket" ? "0.5" : "",
            ["quantity"] = "",
            ["asset"] = "",
        };
        return fields;
    }
}
