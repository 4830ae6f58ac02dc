using System.Text.Json;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// Reads a portfolio in JSON: an object with <c>contracts</c> and, if wanted, <c>defaults</c> for fields that
/// contracts leave out, <c>assets</c> that contracts name, and their <c>correlation</c>.
/// </summary>
internal sealed class JsonPortfolio(FaultList faults)
{
    private static readonly string[] Parts = ["contracts", "defaults", "assets", "correlation"];

    private static readonly string[] AssetFields = ["name", "spot", "volatility", "dividendYield"];

    private readonly Dictionary<PortfolioField, IReadOnlyList<string>> _defaults = [];
    private readonly SharedAssets _assets = new();

    /// <summary>The contracts, unchecked; at most one more than a portfolio may have.</summary>
    public List<Draft> Read(ReadOnlySpan<byte> utf8)
    {
        LocatedJson root;
        try
        {
            root = LocatedJson.Read(utf8);
        }
        catch (JsonException e)
        {
            faults.Add(0, $"line {e.LineNumber + 1} is no JSON: {Reason(e)}");
            return [];
        }

        if (root.Kind != JsonNodeKind.Object)
        {
            faults.Add(root.Line, "a portfolio in JSON is an object: write { \"contracts\": [ … ] }");
            return [];
        }

        var parts = new Dictionary<string, LocatedJson>(StringComparer.Ordinal);
        foreach (var (name, value) in root.Items)
        {
            var part = Parts.FirstOrDefault(p => FieldNames.Key(p) == FieldNames.Key(name));
            if (part is null)
            {
                faults.Add(value.Line, $"line {value.Line}: {FieldNames.Unknown("part", name, Parts)}");
            }
            else if (!parts.TryAdd(part, value))
            {
                faults.Add(value.Line, $"line {value.Line}: {part} is there twice");
            }
        }

        ReadShared(parts);
        return ReadContracts(parts);
    }

    // The reader appends where it stopped; the line is said already, and bytes help nobody.
    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return e.Message.StartsWith("Expected depth to be zero", StringComparison.Ordinal)
            ? "it ends while a bracket is still open"
            : (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.');
    }

    private void ReadShared(Dictionary<string, LocatedJson> parts)
    {
        if (parts.TryGetValue("defaults", out var defaults)
            && Expect(defaults, JsonNodeKind.Object, "defaults"))
        {
            ReadFields(defaults, "defaults", (field, values) => field == PortfolioField.Name
                ? "a default name would be every contract's"
                : _defaults.TryAdd(field, values) ? null : "is there twice");
        }

        if (parts.TryGetValue("assets", out var assets) && Expect(assets, JsonNodeKind.List, "assets"))
        {
            foreach (var asset in assets.Values.Where(a => Expect(a, JsonNodeKind.Object, "an asset")))
            {
                ReadAsset(asset);
            }
        }

        if (parts.TryGetValue("correlation", out var correlation))
        {
            ReadCorrelation(correlation);
        }
    }

    private void ReadAsset(LocatedJson asset)
    {
        var fields = new Dictionary<PortfolioField, string>();
        ReadFields(asset, "an asset", (field, values) =>
            !AssetFields.Contains(FieldNames.Of(field))
                ? $"is not of an asset (known: {string.Join(", ", AssetFields)})"
            : values.Count != 1 ? "must be one value"
            : fields.TryAdd(field, values[0]) ? null : "is there twice");
        if (!fields.Remove(PortfolioField.Name, out var name))
        {
            faults.Add(asset.Line, $"line {asset.Line}: an asset needs a name, by which contracts call it");
        }
        else if (!_assets.TryAdd(name, fields))
        {
            faults.Add(asset.Line, $"line {asset.Line}: there are two assets '{FieldNames.Shown(name)}'");
        }
    }

    private void ReadCorrelation(LocatedJson node)
    {
        if (_assets.Count < 2)
        {
            faults.Add(node.Line, $"line {node.Line}: correlation is that of the shared assets, of which "
                + $"there are {_assets.Count}: put it into the basket");
        }
        else if (Flatten(node) is not { } values)
        {
            faults.Add(
                node.Line, $"line {node.Line}: correlation must be a number, a list or a matrix of numbers");
        }
        else if (CorrelationReader.Read(
            values, _assets.Count, text => faults.Add(node.Line, $"line {node.Line}: {text}")) is { } matrix)
        {
            _assets.Correlate(matrix);
        }
    }

    private List<Draft> ReadContracts(Dictionary<string, LocatedJson> parts)
    {
        if (!parts.TryGetValue("contracts", out var contracts))
        {
            faults.Add(0, "there are no contracts: write { \"contracts\": [ … ] }");
            return [];
        }

        var drafts = new List<Draft>();
        if (!Expect(contracts, JsonNodeKind.List, "contracts"))
        {
            return drafts;
        }

        foreach (var node in contracts.Values.Take(Portfolio.ContractsMax + 1))
        {
            var draft = new Draft(node.Line, drafts.Count + 1);
            drafts.Add(draft);
            if (!Expect(node, JsonNodeKind.Object, $"contract {draft.Number}"))
            {
                draft.IsBroken = true;
                continue;
            }

            ReadFields(node, $"contract {draft.Number}", (field, values) =>
                draft.TrySet(field, values) ? null : "is there twice");
            foreach (var (field, values) in _defaults)
            {
                draft.SetDefault(field, values);
            }

            if (!_assets.IsEmpty)
            {
                _assets.Complete(draft, faults);
            }
        }

        return drafts;
    }

    private void ReadFields(
        LocatedJson node, string what, Func<PortfolioField, IReadOnlyList<string>, string?> set)
    {
        foreach (var (name, value) in node.Items.Where(item => item.Value.Kind != JsonNodeKind.Nothing))
        {
            var place = $"line {value.Line} ({what})";
            if (!FieldNames.TryFind(name, out var field))
            {
                faults.Add(value.Line, $"{place}: {FieldNames.Unknown("field", name, FieldNames.All)}");
            }
            else if (Flatten(value) is not { } values)
            {
                faults.Add(
                    value.Line, $"{place}: {FieldNames.Of(field)} must be a value or a list of values");
            }
            else if (values.Count > 0 && set(field, values) is { } fault)
            {
                faults.Add(value.Line, $"{place}: {FieldNames.Of(field)} {fault}");
            }
        }
    }

    private bool Expect(LocatedJson node, JsonNodeKind kind, string what)
    {
        if (node.Kind == kind)
        {
            return true;
        }

        var wanted = kind == JsonNodeKind.List ? "a list: [ … ]" : "an object: { … }";
        faults.Add(node.Line, $"line {node.Line}: {what} must be {wanted}");
        return false;
    }

    /// <summary>The texts of a value, a list, or a list of lists; null for anything else.</summary>
    private static IReadOnlyList<string>? Flatten(LocatedJson node)
    {
        if (node.Kind == JsonNodeKind.Scalar)
        {
            return [node.Text];
        }

        if (node.Kind != JsonNodeKind.List)
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var value in node.Values)
        {
            if (Flatten(value) is not { } inner)
            {
                return null;
            }

            texts.AddRange(inner);
        }

        return texts;
    }
}
