using System.CommandLine;
using System.CommandLine.Help;
using GridVolunteer.Cli.Demo;
using GridVolunteer.Cli.Jobs;
using GridVolunteer.Cli.Serving;
using GridVolunteer.Cli.Submission;
using GridVolunteer.Cli.Watching;
using GridVolunteer.Cli.Workloads;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>Every verb of the program.</summary>
public static class CommandTree
{
    /// <summary>Makes the tree; the verbs act on <paramref name="host"/>.</summary>
    public static RootCommand Create(CliHost host)
    {
        var root = new RootCommand("Volunteer computing: many machines work on one problem.")
        {
            CoordinatorVerb.Create(host),
            AgentVerb.Create(host),
            SubmitVerb.Create(host),
            SweepVerb.Create(host),
            JobsVerb.Create(host),
            JobVerb.Create(host),
            WatchVerb.Create(host),
            ResultsVerb.Create(host),
            OutputVerb.Create(host),
            ControlVerb.Cancel(host),
            ControlVerb.Pause(host),
            ControlVerb.Resume(host),
            PeersVerb.Create(host),
            WorkloadVerb.Create(host),
            DemoVerb.Create(host),
        };
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExamplesHelp((HelpAction)help.Action!);
        }

        return root;
    }
}
