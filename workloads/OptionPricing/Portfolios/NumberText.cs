using System.Globalization;
using System.Text.RegularExpressions;

namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>Reads numbers as programs write them, and says what people wrote instead.</summary>
internal static partial class NumberText
{
    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The number; or false, and what is wrong with the text.</summary>
    public static bool TryParse(string text, out double value, out string fault)
    {
        fault = "";
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
        {
            if (double.IsFinite(value))
            {
                return true;
            }

            fault = "must be a finite number";
            return false;
        }

        fault = Explain(text.Trim());
        return false;
    }

    private static string Explain(string text)
    {
        if (NotFinite().IsMatch(text))
        {
            return "must be a finite number";
        }

        if (Grouped().IsMatch(text))
        {
            var digits = string.Concat(text.Where(c => c is not (',' or ' ' or '\'' or '_')));
            return $"must be a number without thousands separators: write {digits}";
        }

        if (DecimalComma().IsMatch(text))
        {
            return $"must be a number with a decimal point: write {text.Replace(',', '.')}";
        }

        return text.EndsWith('%')
            ? "must be a fraction: write 5 % as 0.05"
            : "must be a number";
    }

    [GeneratedRegex(
        "^[+-]?(nan|inf|infinity|∞|#n/a|#num!|#div/0!)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotFinite();

    [GeneratedRegex(
        @"^[+-]?\d{1,3}(?<separator>[, '_])\d{3}(\k<separator>\d{3})*(\.\d+)?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[+-]?\d+,\d+$")]
    private static partial Regex DecimalComma();
}
