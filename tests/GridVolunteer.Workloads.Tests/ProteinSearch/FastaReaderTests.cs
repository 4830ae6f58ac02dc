using System.IO.Compression;
using System.Text;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Fasta;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class FastaReaderTests
{
    [Fact]
    public void Sequences_AreReadWithTheFirstWordAsName()
    {
        var read = Read("\n>sp|P1|A_B first protein\r\nAR n\r\n\r\nd\n> second\nC\n");
        Assert.Equal(["sp|P1|A_B", "second"], read.Select(s => s.Name));
        Assert.Equal([0, 1, 2, 3], read[0].Residues);
        Assert.Equal([4], read[1].Residues);
    }

    [Fact]
    public void UnknownLetters_CountAsX()
    {
        var x = Alphabet.CodeOf('X');
        Assert.Equal([x, x, x, x, x], Read(">a\nUOJuX").Single().Residues);
    }

    [Theory]
    [InlineData("", "holds no sequences")]
    [InlineData("\n\n", "holds no sequences")]
    [InlineData("ACGT\n", "malformed in line 1: a header that starts with '>' must come before the residues")]
    [InlineData(">a\nAC\n>\nAC\n", "malformed in line 3: the header has no name")]
    [InlineData(">a\nAC\n>b c\n>d\nA", "malformed in line 3: the sequence b has no residues")]
    [InlineData(">a\nAC\n>b\n", "malformed in line 3: the sequence b has no residues")]
    [InlineData(">a\nA-C\n", "malformed in line 2: '-' is a gap of an alignment")]
    [InlineData(">a\nAC\nA1C\n", "malformed in line 3: '1' is no residue")]
    [InlineData(">a\nAC\u0001\n", "malformed in line 2: the character with code 1 is no residue")]
    public void MalformedText_IsToldWithItsLine(string text, string message)
    {
        var thrown = Assert.Throws<WorkloadException>(() => Read(text));
        Assert.Contains("'database'", thrown.Message);
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public void Gzip_IsKnownByItsContent_EvenInSeveralParts()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [.. Gzip(">a\nA\n"), .. Gzip(">b\nR\n")]);
            Assert.Equal(["a", "b"], FastaReader.ReadFile(file, "database").Select(s => s.Name));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void DamagedGzip_IsToldAsSuch()
    {
        var file = Path.GetTempFileName();
        try
        {
            var bytes = Gzip(">a\n" + new string('A', 1000));
            bytes[12] ^= 0xff;
            File.WriteAllBytes(file, bytes);
            var thrown = Assert.Throws<WorkloadException>(() => FastaReader.ReadFile(file, "query").ToList());
            Assert.Contains("'query' is damaged gzip", thrown.Message);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void GzipThatWasCutOff_IsRefused_WhereverTheCutIs()
    {
        var file = Path.GetTempFileName();
        try
        {
            var random = new Random(3);
            var letters = string.Concat(Enumerable.Range(0, 3000).Select(i => "ARNDCQEG\n"[random.Next(i % 50 == 0 ? 9 : 8)]));
            var bytes = Gzip(">a\n" + letters + "\n>b\nAR\n>c\n" + letters);
            for (var length = 3; length < bytes.Length; length++)
            {
                File.WriteAllBytes(file, bytes[..length]);
                var thrown = Assert.Throws<WorkloadException>(() => FastaReader.ReadFile(file, "query").ToList());
                Assert.StartsWith("The input 'query' ", thrown.Message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(file, bytes);
            Assert.Equal(3, FastaReader.ReadFile(file, "query").Count());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<ProteinSequence> Read(string text) =>
        FastaReader.Read(new StringReader(text), "database").ToList();

    private static byte[] Gzip(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return target.ToArray();
    }
}
