// Reads what Vitrine writes with the libraries of others, who never heard of it: golang.org/x/mod/sumdb, transparency-dev
// formats and transparency-dev Tessera. Each command ends with 0 when they accept it.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/transparency-dev/formats/log"
	f_note "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"k8s.io/klog/v2"
)

const usage = `usage:
  outside fsck VKEY URL-OR-FOLDER              Tessera's fsck over a whole log
  outside tree VKEY URL-OR-FOLDER              the root again from the entries, with x/mod/sumdb/tlog
  outside note VKEY [WITNESS-VKEY...]          opens a checkpoint from standard input
  outside policy FILE                          reads a tlog-policy as Tessera does
  outside key NAME                             makes a key, the secret one on the first line
  outside log FOLDER SKEY POLICY-FILE COUNT    a Tessera log of COUNT entries whose checkpoint the policy's quorum cosigned`

func main() {
	klog.InitFlags(nil)
	_ = flag.Set("logtostderr", "true")
	_ = flag.Set("stderrthreshold", "FATAL")
	flag.Parse()
	if err := run(context.Background(), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New(usage)
	}
	command, args := args[0], args[1:]
	switch {
	case command == "fsck" && len(args) == 2:
		return checkLog(ctx, args[0], args[1])
	case command == "tree" && len(args) == 2:
		return buildTree(ctx, args[0], args[1])
	case command == "note" && len(args) >= 1:
		return openNote(os.Stdin, args[0], args[1:])
	case command == "policy" && len(args) == 1:
		return readPolicy(args[0])
	case command == "key" && len(args) == 1:
		return makeKey(args[0])
	case command == "log" && len(args) == 4:
		return runLog(ctx, args[0], args[1], args[2], args[3])
	}
	return errors.New(usage)
}

func fetcherOf(place string) (fsck.Fetcher, error) {
	if !strings.HasPrefix(place, "http://") {
		return client.FileFetcher{Root: place}, nil
	}
	u, err := url.Parse(strings.TrimSuffix(place, "/") + "/")
	if err != nil {
		return nil, err
	}
	return client.NewHTTPFetcher(u, nil)
}

func checkLog(ctx context.Context, vkey, place string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	fetcher, err := fetcherOf(place)
	if err != nil {
		return err
	}
	return fsck.New(verifier.Name(), verifier, fetcher, leafHashes, fsck.Opts{N: 2}).Check(ctx)
}

func leafHashes(bundle []byte) ([][]byte, error) {
	var entries api.EntryBundle
	if err := entries.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	var hashes [][]byte
	for _, entry := range entries.Entries {
		hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
	}
	return hashes, nil
}

func buildTree(ctx context.Context, vkey, place string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	fetcher, err := fetcherOf(place)
	if err != nil {
		return err
	}
	checkpoint, _, _, err := client.FetchCheckpoint(ctx, fetcher.ReadCheckpoint, verifier, verifier.Name())
	if err != nil {
		return err
	}
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	size := int64(checkpoint.Size)
	for index := int64(0); index < size; {
		bundle, err := client.GetEntryBundle(ctx, fetcher.ReadEntryBundle, uint64(index)/256, checkpoint.Size)
		if err != nil {
			return err
		}
		for _, entry := range bundle.Entries {
			hashes, err := tlog.StoredHashes(index, entry, read)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
			index++
		}
	}
	root, err := tlog.TreeHash(size, read)
	if err != nil {
		return err
	}
	if !bytes.Equal(root[:], checkpoint.Hash) {
		return fmt.Errorf("the entries give root %s, the checkpoint says %x", root, checkpoint.Hash)
	}
	fmt.Println(size)
	return nil
}

// Prints origin, size, the number of cosignatures that verify and the time of each.
func openNote(in io.Reader, vkey string, witnesses []string) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	var cosigners []note.Verifier
	for _, witness := range witnesses {
		cosigner, err := f_note.NewVerifierForCosignatureV1(witness)
		if err != nil {
			return err
		}
		cosigners = append(cosigners, cosigner)
	}
	opened, err := note.Open(text, note.VerifierList(append(slices.Clone(cosigners), verifier)...))
	if err != nil {
		return err
	}
	checkpoint, _, _, err := log.ParseCheckpoint(text, verifier.Name(), verifier, cosigners...)
	if err != nil {
		return err
	}
	fmt.Println(checkpoint.Origin, checkpoint.Size, len(opened.Sigs)-1)
	for _, signature := range opened.Sigs {
		if signature.Name == verifier.Name() {
			continue
		}
		at, err := f_note.CoSigV1Timestamp(signature)
		if err != nil {
			return err
		}
		fmt.Println(signature.Name, at.Unix())
	}
	return nil
}

func readPolicy(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	group, err := tessera.NewWitnessGroupFromPolicy(text)
	if err != nil {
		return err
	}
	fmt.Println(len(group.Components), group.N)
	endpoints := group.Endpoints()
	for address, verifier := range endpoints {
		fmt.Println(verifier.Name(), address)
	}
	return nil
}

func makeKey(name string) error {
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return err
	}
	fmt.Println(skey)
	fmt.Println(vkey)
	return nil
}

func runLog(ctx context.Context, folder, skey, policyFile, count string) error {
	entries, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	policy, err := os.ReadFile(policyFile)
	if err != nil {
		return err
	}
	group, err := tessera.NewWitnessGroupFromPolicy(policy)
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: folder})
	if err != nil {
		return err
	}
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(200*time.Millisecond).
		WithBatching(8, 20*time.Millisecond).
		WithWitnesses(group, &tessera.WitnessOptions{Timeout: 5 * time.Second}))
	if err != nil {
		return err
	}
	awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 50*time.Millisecond)
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	// One after the other, so that the witness is asked for more than one size.
	for i := range entries {
		if _, _, err := awaiter.Await(ctx, appender.Add(ctx, tessera.NewEntry(fmt.Appendf(nil, "entry %d", i)))); err != nil {
			return err
		}
	}
	checkpoint, err := reader.ReadCheckpoint(ctx)
	if err != nil {
		return err
	}
	if !group.Satisfied(checkpoint) {
		return fmt.Errorf("the quorum did not cosign:\n%s", checkpoint)
	}
	if _, err := os.Stdout.Write(checkpoint); err != nil {
		return err
	}
	return shutdown(ctx)
}
