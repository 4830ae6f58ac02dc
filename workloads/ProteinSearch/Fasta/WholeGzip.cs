using System.IO.Compression;
using System.Text;

namespace GridVolunteer.Workloads.ProteinSearch.Fasta;

/// <summary>
/// Unpacks a gzip file so that its end shows. .NET takes a file that was cut off for a whole one, and half a
/// database would be searched as if it were all. So a member of our own, which holds <see cref="End"/>, is put
/// behind the file: it comes out only where the file's last member is complete, since anywhere else its bytes
/// are taken for more of that member.
/// </summary>
internal static class WholeGzip
{
    /// <summary>The last line of what is unpacked, and no line of any FASTA.</summary>
    public static string End { get; } = new('\u0001', 200);

    /// <summary>The unpacked content, followed by a line with <see cref="End"/>.</summary>
    /// <param name="file">The packed file, at its start; disposed with what is returned.</param>
    public static Stream Unpack(Stream file) =>
        new GZipStream(new FollowedStream(file, Pack($"\n{End}")), CompressionMode.Decompress);

    // Equal characters are packed, never stored as they are: a copied byte is not taken for the end.
    private static byte[] Pack(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return packed.ToArray();
    }
}
