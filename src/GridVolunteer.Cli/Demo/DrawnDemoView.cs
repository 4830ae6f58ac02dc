using System.Globalization;
using GridVolunteer.Cli.Presentation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GridVolunteer.Cli.Demo;

/// <summary>The demo as a person sees it: a bar, a table of the agents, and below it what happened.</summary>
/// <param name="console">Where it is drawn.</param>
public sealed class DrawnDemoView(IAnsiConsole console) : IDemoView
{
    private const int BarWidth = 48;

    private readonly Lock _lock = new();
    private readonly List<string> _told = [];
    private DemoPicture _picture = new(0, 0, []);
    private LiveDisplayContext? _live;

    /// <inheritdoc/>
    public Task ShowAsync(Func<Task> demo) => console.Live(Draw()).StartAsync(async live =>
    {
        _live = live;
        try
        {
            await demo();
        }
        finally
        {
            lock (_lock)
            {
                Refresh();
                _live = null;
            }
        }
    });

    /// <inheritdoc/>
    public void Tell(TimeSpan elapsed, string what)
    {
        lock (_lock)
        {
            _told.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"[grey]{elapsed.TotalSeconds,5:0.0} s[/]  {Markup.Escape(what)}"));
            Refresh();
        }
    }

    /// <inheritdoc/>
    public void Update(DemoPicture picture)
    {
        lock (_lock)
        {
            _picture = picture;
            Refresh();
        }
    }

    private static string Coloured(string state) => state switch
    {
        "alive" => "[green]alive[/]",
        "killed" => "[red]killed[/]",
        "lost" => "[red]killed, found lost[/]",
        _ => $"[grey]{state}[/]",
    };

    private void Refresh() => _live?.UpdateTarget(Draw());

    private Rows Draw()
    {
        List<IRenderable> rows = [.. _told.Select(line => new Markup(line))];
        if (_picture.UnitsTotal > 0)
        {
            rows.Add(new Markup(Bar()));
        }

        if (_picture.Agents.Count > 0)
        {
            rows.Add(Agents());
        }

        return new Rows(rows);
    }

    private string Bar()
    {
        var filled = (int)(_picture.UnitsValidated * BarWidth / _picture.UnitsTotal);
        return $"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] "
            + $"{Wording.Percent(_picture.UnitsValidated, _picture.UnitsTotal)}, "
            + $"{_picture.UnitsValidated} of {_picture.UnitsTotal} units";
    }

    private Table Agents()
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        table.AddColumn("Agent").AddColumn("State");
        table.AddColumn(new TableColumn("Holds").RightAligned()).AddColumn(
            new TableColumn("Validated").RightAligned());
        foreach (var agent in _picture.Agents)
        {
            table.AddRow(
                Markup.Escape(agent.Name),
                Coloured(agent.State),
                agent.UnitsHeld.ToString(CultureInfo.InvariantCulture),
                agent.UnitsValidated.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }
}
