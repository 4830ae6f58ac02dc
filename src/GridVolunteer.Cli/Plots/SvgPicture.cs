using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using GridVolunteer.Sdk.Plots;
using OxyPlot;

namespace GridVolunteer.Cli.Plots;

/// <summary>
/// Draws pictures as one SVG, one below the other. The same pictures give the same bytes on every machine.
/// </summary>
public static class SvgPicture
{
    internal const double Width = 800;
    internal const double Height = 480;

    internal const string Font = "system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly XmlWriterSettings Form = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>Draws <paramref name="plots"/>.</summary>
    /// <returns>The SVG, and how many points had no place on a logarithmic axis and were left out.</returns>
    public static (byte[] Svg, int LeftOut) Draw(IReadOnlyList<Plot> plots)
    {
        ArgumentNullException.ThrowIfNull(plots);
        var fit = new TextFit();
        var drawings = plots.Select(plot => new PlotDrawing(plot, fit)).ToArray();
        var height = drawings.Sum(drawing => drawing.Height);
        using var raw = new MemoryStream();
        using (var context = new SvgRenderContext(
            raw, Width, height, isDocument: false, fit, OxyColors.White,
            useVerticalTextAlignmentWorkaround: true))
        {
            var top = 0.0;
            foreach (var drawing in drawings)
            {
                Render(drawing.Model, context, new OxyRect(0, top, Width, drawing.Height));
                top += drawing.Height;
            }

            context.Complete();
            context.Flush();
        }

        raw.Position = 0;
        return (Finish(XDocument.Load(raw), height, plots), drawings.Sum(drawing => drawing.LeftOut));
    }

    private static void Render(PlotModel model, SvgRenderContext context, OxyRect place)
    {
        ((IPlotModel)model).Update(updateData: true);
        ((IPlotModel)model).Render(context, place);
        if (model.GetLastPlotException() is { } failure)
        {
            // The library would draw its message; a picture that shows one is worse than none.
            throw new InvalidOperationException($"A picture could not be drawn: {failure.Message}", failure);
        }
    }

    /// <summary>Lets the picture scale with the page it is shown on, and says in words what it is.</summary>
    private static byte[] Finish(XDocument document, double height, IReadOnlyList<Plot> plots)
    {
        var root = document.Root!;
        var titles = plots.Select(plot => PlainText.Of(plot.Title));
        root.SetAttributeValue(
            "viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {height}"));
        root.SetAttributeValue("role", "img");
        root.AddFirst(new XElement(Svg + "title", string.Join("; ", titles)));
        using var result = new MemoryStream();
        using (var writer = XmlWriter.Create(result, Form))
        {
            document.Save(writer);
        }

        result.WriteByte((byte)'\n');
        return result.ToArray();
    }
}
