using System.Text;
using System.Text.Unicode;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>
/// Reads a portfolio, JSON or CSV by what the file begins with. Everything wrong with it is told at once,
/// each fault with its line.
/// </summary>
internal static class PortfolioReader
{
    private const int FileSizeBytesMax = 32 << 20;

    /// <summary>The portfolio in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="input">The input's name, for messages.</param>
    /// <exception cref="WorkloadException">The file is no portfolio; the message says why and what to
    /// do.</exception>
    public static Portfolio ReadFile(string path, string input)
    {
        if (new FileInfo(path).Length > FileSizeBytesMax)
        {
            throw new WorkloadException(
                $"The input '{input}' has more than {FileSizeBytesMax >> 20} MiB, but a job prices at most "
                + $"{FieldLimits.Text(Portfolio.ContractsMax)} contracts: split it into several jobs.");
        }

        return Read(File.ReadAllBytes(path), input);
    }

    /// <summary>The portfolio in a file's bytes.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="input">The input's name, for messages.</param>
    /// <exception cref="WorkloadException">They are no portfolio; the message says why and what to
    /// do.</exception>
    public static Portfolio Read(ReadOnlySpan<byte> bytes, string input)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(bytes) || bytes.Contains((byte)0))
        {
            throw new WorkloadException(
                $"The input '{input}' is no UTF-8 text: save it as JSON or CSV in UTF-8, not compressed.");
        }

        var faults = new FaultList();
        var start = bytes.TrimStart(" \t\r\n"u8);
        var drafts = start.Length > 0 && start[0] is (byte)'{' or (byte)'['
            ? new JsonPortfolio(faults).Read(bytes)
            : CsvPortfolio.Read(Encoding.UTF8.GetString(bytes), faults);
        if (drafts.Count == 0 && faults.Count == 0)
        {
            throw new WorkloadException(start.Length == 0
                ? $"The input '{input}' is empty: give a portfolio in JSON or CSV."
                : $"The input '{input}' has no contracts.");
        }

        var positions = Build(drafts, faults);
        faults.ThrowIfAny(input);
        return new Portfolio(positions);
    }

    private static List<Position> Build(List<Draft> drafts, FaultList faults)
    {
        var positions = new List<Position>();
        if (drafts.Count > Portfolio.ContractsMax)
        {
            faults.Add(drafts[^1].Line, $"there are more than {FieldLimits.Text(Portfolio.ContractsMax)} "
                + "contracts: split the portfolio into several jobs");
            return positions;
        }

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var draft in drafts.Where(d => !d.IsBroken))
        {
            if (!lines.TryAdd(draft.Name, draft.Line))
            {
                faults.Add(draft.Line, $"{draft.Place}: the name is that of the contract in line "
                    + $"{lines[draft.Name]} too: names tell contracts apart in the output");
            }

            if (new ContractBuilder(draft, faults).Build() is { } position)
            {
                positions.Add(position);
            }
        }

        if (positions.Sum(position => position.Contract.Assets.Count) > Portfolio.AssetsMax)
        {
            faults.Add(0, $"the contracts have more than {FieldLimits.Text(Portfolio.AssetsMax)} assets "
                + "together: split the portfolio into several jobs");
        }

        return positions;
    }
}
