using System.CommandLine;
using GridVolunteer.Benchmarks.Groups;

namespace GridVolunteer.Benchmarks;

/// <summary>The verbs that measure process groups with real processes on loopback.</summary>
internal sealed class GroupsCommand : Command
{
    /// <summary>The verb and those below it.</summary>
    public GroupsCommand()
        : base("groups", "Measures process groups: real processes on loopback.")
    {
        Add(Kill());
        Add(Idle());
        Add(Loss());
        Add(Order());
        Add(Member());
    }

    private static Option<int> Members(int members) => new("--members")
    {
        Description = "How many processes.",
        DefaultValueFactory = _ => members,
    };

    private static Option<double> Seconds(double seconds) => new("--seconds")
    {
        Description = "How long.",
        DefaultValueFactory = _ => seconds,
    };

    private static Command Kill()
    {
        var members = Members(8);
        var kills = new Option<int>("--kills") { Description = "How often.", DefaultValueFactory = _ => 20 };
        var serf = new Option<bool>("--serf") { Description = "Measures Serf's agents afterwards, as many and as often." };
        var command = new Command("kill", "kill -9, until all survivors know.") { members, kills, serf };
        command.SetAction(async p =>
        {
            await NetworkFigures.KillAsync(p.GetValue(members), p.GetValue(kills));
            if (p.GetValue(serf))
            {
                await NetworkFigures.KillSerfAsync(p.GetValue(members), p.GetValue(kills));
            }
        });
        return command;
    }

    private static Command Idle()
    {
        var members = Members(8);
        var seconds = Seconds(60);
        var settle = new Option<double>("--settle")
        {
            Description = "How many seconds pass before what is measured.",
            DefaultValueFactory = _ => 30,
        };
        var command = new Command("idle", "What members send and cost while nothing happens.") { members, settle, seconds };
        command.SetAction(
            p => NetworkFigures.IdleAsync(p.GetValue(members), p.GetValue(settle), p.GetValue(seconds)));
        return command;
    }

    private static Command Loss()
    {
        var members = Members(8);
        var seconds = Seconds(600);
        var loss = new Option<double>("--loss")
        {
            Description = "The share of datagrams that is lost.",
            DefaultValueFactory = _ => 0.25,
        };
        var command = new Command("loss", "False deaths while datagrams are lost.") { members, seconds, loss };
        command.SetAction(
            p => NetworkFigures.LossAsync(p.GetValue(members), p.GetValue(loss), p.GetValue(seconds)));
        return command;
    }

    private static Command Order()
    {
        var members = Members(8);
        var seconds = Seconds(10);
        var warmUp = new Option<double>("--warm-up")
        {
            Description = "How many seconds of load come before what is measured.",
            DefaultValueFactory = _ => 20,
        };
        var rates = new Option<double[]>("--rate")
        {
            Description = "Messages a second, of all members together; several are measured one after the other.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [3_000, 10_000, 20_000],
        };
        var groups = new Option<int>("--groups")
        {
            Description = "In how many groups all members are, to all of which each message goes at once.",
            DefaultValueFactory = _ => 1,
        };
        var press = new Option<bool>("--press") { Description = "Measures the most it takes, too." };
        var command = new Command("order", "Total order of messages of 1 KiB.") { members, groups, warmUp, rates, press, seconds };
        command.SetAction(p => OrderFigures.RunAsync(
            p.GetValue(members), p.GetValue(groups), p.GetValue(warmUp), p.GetValue(rates)!, p.GetValue(press), p.GetValue(seconds)));
        return command;
    }

    private static Command Member()
    {
        var number = new Argument<int>("number");
        var seed = new Option<string?>("--seed");
        var loss = new Option<double>("--loss");
        var joins = new Option<int>("--joins");
        var command = new Command("member", "One of the measured processes.") { number, seed, loss, joins };
        command.Hidden = true;
        command.SetAction(p => new MemberProgram().RunAsync(
            p.GetValue(number), p.GetValue(seed), p.GetValue(loss), p.GetValue(joins)));
        return command;
    }
}
