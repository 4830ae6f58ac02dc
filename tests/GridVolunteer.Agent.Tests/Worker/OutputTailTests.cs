using System.Text;
using GridVolunteer.Agent.Worker;

namespace GridVolunteer.Agent.Tests.Worker;

/// <summary>The end of what a process wrote.</summary>
public sealed class OutputTailTests
{
    [Fact]
    public void LittleOutput_IsKeptWhole()
    {
        var tail = new OutputTail(100);
        tail.Append("one "u8);
        tail.Append("two\n"u8);
        Assert.Equal("one two", tail.ToString());
    }

    [Fact]
    public void MuchOutput_KeepsItsEnd()
    {
        var tail = new OutputTail(10);
        for (var i = 0; i < 1000; i++)
        {
            tail.Append(Encoding.ASCII.GetBytes($"{i},"));
        }

        Assert.Equal("…7,998,999,", tail.ToString());
        tail.Append(Encoding.ASCII.GetBytes(new string('x', 1000) + "0123456789"));
        Assert.Equal("…0123456789", tail.ToString());
    }
}
