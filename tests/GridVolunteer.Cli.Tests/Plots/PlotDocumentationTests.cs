using System.Text;
using GridVolunteer.Cli.Plots;

namespace GridVolunteer.Cli.Tests.Plots;

/// <summary>The example in docs/PLOTS.md is what the command draws.</summary>
public sealed class PlotDocumentationTests
{
    [Fact]
    public void Example_DrawsThePictureBesideIt()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PLOTS.md"));
        var json = page.Split("```json")[1].Split("```")[0];
        var picture = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "plots-example.svg"));

        var (svg, leftOut) = SvgPicture.Draw(PlotReader.Read(Encoding.UTF8.GetBytes(json), "The example"));

        Assert.Equal(0, leftOut);
        Assert.Equal(picture.ReplaceLineEndings("\n"), Encoding.UTF8.GetString(svg));
    }
}
