using OxyPlot;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Colours that people with any colour vision tell apart (Okabe and Ito, "Color Universal Design", 2008,
/// without its yellow, which is too light for white paper).
/// </summary>
internal static class PlotColors
{
    private static readonly OxyColor[] Series =
    [
        OxyColor.FromRgb(0x00, 0x72, 0xB2),
        OxyColor.FromRgb(0xD5, 0x5E, 0x00),
        OxyColor.FromRgb(0x00, 0x9E, 0x73),
        OxyColor.FromRgb(0xCC, 0x79, 0xA7),
        OxyColor.FromRgb(0xE6, 0x9F, 0x00),
        OxyColor.FromRgb(0x56, 0xB4, 0xE9),
        OxyColor.FromRgb(0x40, 0x40, 0x40),
    ];

    private static readonly LineStyle[] Strokes = [LineStyle.Solid, LineStyle.Dash, LineStyle.Dot];

    public static OxyColor Text { get; } = OxyColor.FromRgb(0x26, 0x2D, 0x38);

    public static OxyColor Lines { get; } = OxyColor.FromRgb(0x6B, 0x72, 0x80);

    public static OxyColor Grid { get; } = OxyColor.FromRgb(0xE5, 0xE7, 0xEB);

    public static OxyColor Of(int index) => Series[index % Series.Length];

    /// <summary>When colours come round again, lines differ in their stroke.</summary>
    public static LineStyle StrokeOf(int index) => Strokes[index / Series.Length % Strokes.Length];
}
