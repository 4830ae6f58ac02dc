using System.Globalization;
using GridVolunteer.Cli.Presentation;

namespace GridVolunteer.Cli.Demo;

/// <summary>The demo as lines of text: what happened, and progress at every tenth.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="elapsed">Time since the demo began.</param>
public sealed class PlainDemoView(TextWriter output, Func<TimeSpan> elapsed) : IDemoView
{
    private const int StepsShown = 10;

    private readonly Lock _lock = new();
    private long _shown;

    /// <inheritdoc/>
    public Task ShowAsync(Func<Task> demo) => demo();

    /// <inheritdoc/>
    public void Tell(TimeSpan elapsed, string what)
    {
        lock (_lock)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,5:0.0} s  {what}"));
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Update(DemoPicture picture)
    {
        if (picture.UnitsTotal == 0)
        {
            return;
        }

        lock (_lock)
        {
            var step = picture.UnitsValidated * StepsShown / picture.UnitsTotal;
            if (step > _shown)
            {
                _shown = step;
                var shares = picture.Agents.Select(agent => $"{agent.Name} {agent.UnitsValidated}");
                Tell(elapsed(), $"{Wording.Percent(picture.UnitsValidated, picture.UnitsTotal)} done: "
                    + $"{picture.UnitsValidated} of {picture.UnitsTotal} units ({string.Join(", ", shares)})");
            }
        }
    }
}
